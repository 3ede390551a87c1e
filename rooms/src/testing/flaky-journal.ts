/** A journal that goes away and comes back as a test says; what it answered may be lost. */
import { JournalAway, type Place } from '../kit/journal/journal.ts'
import { MemoryJournal } from '../kit/journal/memory-journal.ts'

export class FlakyJournal extends MemoryJournal {
  /** `deaf` does nothing; `mute` does it and loses the answer. */
  mood: 'well' | 'deaf' | 'mute' = 'well'

  override async append(room: string, at: Place, record: Buffer, keepFrom: Place): Promise<void> {
    await this.#moody(() => super.append(room, at, record, keepFrom))
  }

  override async snapshot(room: string, epoch: number, bytes: Buffer): Promise<void> {
    await this.#moody(() => super.snapshot(room, epoch, bytes))
  }

  override async tell(room: string, word: Buffer): Promise<void> {
    await this.#moody(() => super.tell(room, word))
  }

  override async ask(room: string, bytes: Buffer): Promise<void> {
    await this.#moody(() => super.ask(room, bytes))
  }

  async #moody(work: () => Promise<void>): Promise<void> {
    if (this.mood === 'deaf') throw new JournalAway('deaf')
    await work()
    if (this.mood === 'mute') throw new JournalAway('mute')
  }
}
