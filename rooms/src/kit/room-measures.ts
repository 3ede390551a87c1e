/** What a room is like right now, for whoever runs the house. */
export interface RoomMeasures {
  id: string
  /** Its name with Colyseus: `live`, `lobby`, … */
  kind: string
  /** Sockets connected. */
  clients: number
  /** Bytes of the whole state as a joiner gets it. */
  stateBytes: number
  /** Making one frame and writing it to everybody, ms: average of the latest ones. */
  frameMs: number
  /** Ms between two frames for an audience of this size; 0 means at once. */
  tickMs: number
  /** Log entries announced in the last minute. */
  entriesPerMinute: number
  /** Number of the newest log entry. */
  entries: number
  /** Unix ms at which the room opened here. */
  since: number
}

const second = 1_000
const framesAveraged = 64

/** Counts frames and entries as they pass; its size depends on nothing. */
export class RoomMeter {
  readonly #perSecond = Array.from({ length: 60 }, () => ({ at: 0, entries: 0 }))
  #frames = 0
  #frameMs = 0

  entry(now: number): void {
    const at = Math.floor(now / second)
    const slot = this.#perSecond[at % this.#perSecond.length]
    if (slot === undefined) return
    slot.entries = slot.at === at ? slot.entries + 1 : 1
    slot.at = at
  }

  /** A running average that forgets what is older than some frames. */
  frame(tookMs: number): void {
    this.#frames = Math.min(framesAveraged, this.#frames + 1)
    this.#frameMs += (tookMs - this.#frameMs) / this.#frames
  }

  read(now: number): Pick<RoomMeasures, 'frameMs' | 'entriesPerMinute'> {
    const since = Math.floor(now / second) - this.#perSecond.length
    const entriesPerMinute = this.#perSecond
      .filter(({ at }) => at > since)
      .reduce((sum, { entries }) => sum + entries, 0)
    return { frameMs: Math.round(this.#frameMs * 1_000) / 1_000, entriesPerMinute }
  }
}
