/** By which sign-in each connection to the media was let in, so that it ends with that one. */
import { mediaIdentity, mediaLimits } from '../media/protocol.ts'
import { floorLimits } from './protocol.ts'

export class TicketSignIns {
  /** By person, then by identity, the newest ticket last. */
  readonly #by = new Map<string, Map<string, string>>()
  /** Identities whose sign-in has ended, and until when it is known, Unix ms; the oldest first. */
  readonly #ended = new Map<string, number>()

  /** `sid` is undefined where it is not known who said it. */
  ticketed(userId: string, tab: string, sid: string | undefined): void {
    const identity = mediaIdentity(userId, tab)
    this.#ended.delete(identity)
    const mine = this.#by.get(userId) ?? new Map<string, string>()
    mine.delete(identity)
    if (sid !== undefined) mine.set(identity, sid)
    // The media let go of the oldest, too.
    const [oldest] = mine.keys()
    if (oldest !== undefined && mine.size > mediaLimits.tabsPerPersonMax) mine.delete(oldest)
    if (mine.size > 0) this.#by.set(userId, mine)
  }

  /** True when that sign-in had let some in. */
  signedOut(userId: string, sid: string, now: number): boolean {
    const mine = this.#by.get(userId) ?? new Map<string, string>()
    let isOne = false
    for (const [identity, by] of mine) {
      if (by !== sid) continue
      isOne = true
      mine.delete(identity)
      this.#ended.set(identity, now + floorLimits.goneKeptMs)
    }
    for (const oldest of this.#ended.keys()) {
      if (this.#ended.size <= floorLimits.endedTabsKeptMax) break
      this.#ended.delete(oldest)
    }
    return isOne
  }

  handedOn(userId: string, { from, to }: { from: string; to: string }): void {
    const mine = this.#by.get(userId) ?? []
    for (const [identity, by] of mine) if (by === from) this.#by.get(userId)?.set(identity, to)
  }

  /** What they hold from before lets them in no more. */
  isEnded(identity: string, now: number): boolean {
    return (this.#ended.get(identity) ?? 0) > now
  }

  left(userId: string): void {
    this.#by.delete(userId)
  }

  beat(now: number): void {
    for (const [identity, until] of this.#ended) if (until <= now) this.#ended.delete(identity)
  }
}
