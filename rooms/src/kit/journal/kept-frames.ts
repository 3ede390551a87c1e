/** Keeps each frame of a room through its pen, with what relays and a successor need besides. */
import type { LogRecord } from '../../ports.ts'
import type { Memory } from '../memory.ts'
import { kitLimits } from '../protocol.ts'
import type { Cut, FrameKeeper } from '../frame.ts'
import { HiddenParts } from './hidden-parts.ts'
import type { RoomPen } from './room-pen.ts'

export interface KeptFramesOptions {
  pen: RoomPen
  memory: Memory
  /** Somebody follows who must be able to greet joiners. */
  hasRelays: () => boolean
  isTakenChanged: () => boolean
  /** Newest batch taken from each relay, when that changed since the last call. */
  takeTaken: () => Record<string, number> | undefined
}

export class KeptFrames implements FrameKeeper {
  readonly hidden = new HiddenParts()
  readonly #options: KeptFramesOptions
  #patchBytesSinceFull = Number.POSITIVE_INFINITY
  #fullBytes = 0

  constructor(options: KeptFramesOptions) {
    this.#options = options
  }

  get hasHidden(): boolean {
    const { memory, isTakenChanged } = this.#options
    return !this.hidden.isEmpty || memory.hasChanges || isTakenChanged()
  }

  get hasRelays(): boolean {
    return this.#options.hasRelays()
  }

  amended({ type, entry }: LogRecord): void {
    this.hidden.amend(type, entry)
  }

  keep({ frame, fullState }: Cut): Promise<boolean> | undefined {
    const { pen, memory, takeTaken } = this.#options
    const { chunk, head, entries, patch } = frame
    this.#patchBytesSinceFull += patch?.byteLength ?? 0
    const full = this.#isFullDue() ? fullState() : undefined
    if (full !== undefined) {
      this.#patchBytesSinceFull = 0
      this.#fullBytes = full.byteLength
    }
    return pen.write({
      head,
      entries: entries.length,
      patchBytes: patch?.byteLength ?? 0,
      chunk,
      full,
      hidden: this.hidden.take({ memory: memory.takeChanges(), taken: takeTaken() }),
    })
  }

  /** The first record has the state; later ones so often that joiners of relays get little more. */
  #isFullDue(): boolean {
    if (this.#fullBytes === 0) return true
    const { fullAfterBytes } = kitLimits
    const due = Math.max(fullAfterBytes, this.#fullBytes / 8)
    return this.#options.hasRelays() && this.#patchBytesSinceFull >= due
  }
}
