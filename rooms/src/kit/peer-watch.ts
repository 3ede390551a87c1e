/**
 * Finds peers that are gone without a word: everybody is pinged now and then, and cut when nothing
 * comes back. Spread over time: an audience is never pinged in one turn.
 */
import { inSlices } from './in-slices.ts'
import { kitLimits } from './protocol.ts'

export interface Peer {
  /** Bytes that came from it until now. */
  readonly heardBytes: number
  readonly queuedBytes: number
  ping(): void
  /** What the watch knows of it; only the watch changes it. */
  readonly heard: Heard
}

export interface Heard {
  /** Unix ms of its last ping, or of when it came; and what had come from it until then. */
  at: number
  bytes: number
}

export class PeerWatch<P extends Peer> {
  readonly #resting = new Row<P>()
  /** Were pinged, and whether they answered was not looked at yet. */
  readonly #asked = new Row<P>()
  readonly #cut: (peer: P) => void
  #checkedAt = Number.POSITIVE_INFINITY

  constructor(cut: (peer: P) => void) {
    this.#cut = cut
  }

  add(peer: P): void {
    this.#resting.add(peer)
  }

  remove(peer: P): void {
    this.#resting.remove(peer)
    this.#asked.remove(peer)
  }

  /** About once a second. */
  check(now: number): void {
    // Behind a standstill of this process what they answered lies unread until the next look.
    const wasStill = now - this.#checkedAt > standstillMs
    this.#checkedAt = now
    // Those who came together are pinged over time, each a little later than the one before.
    const size = this.#resting.size + this.#asked.size
    const share = (size * sharesMax * 1_000) / kitLimits.pingEveryMs
    const each = () => {
      if (!wasStill) this.#lookForAnswer(now)
      this.#askNext(now)
    }
    inSlices({ count: Math.ceil(share), each, done() {} })
  }

  #askNext(now: number): void {
    const peer = this.#resting.first()
    if (peer === undefined || now - peer.heard.at < kitLimits.pingEveryMs) return
    this.#resting.remove(peer)
    this.#asked.add(peer)
    peer.heard.at = now
    peer.heard.bytes = peer.heardBytes
    peer.ping()
  }

  #lookForAnswer(now: number): void {
    const peer = this.#asked.first()
    if (peer === undefined || now - peer.heard.at < kitLimits.pingAnswerMs) return
    this.#asked.remove(peer)
    // What is queued stands before the ping; that it moves is watched elsewhere.
    const isThere = peer.heardBytes !== peer.heard.bytes || peer.queuedBytes > 0
    if (isThere) this.#resting.add(peer)
    else this.#cut(peer)
  }
}

/** Between two checks: a process that lives looks about once a second. */
const standstillMs = 3_000
/** So many times an even share may be pinged in one second: all of a crowd within three. */
export const sharesMax = 15

/** Whoever stands there longest is first. */
class Row<P> {
  readonly #peers = new Set<P>()
  /** Goes on where it stood: behind the first there are no gaps to be stepped over again. */
  #turn: Iterator<P> = this.#peers.values()
  #first: P | undefined

  get size(): number {
    return this.#peers.size
  }

  add(peer: P): void {
    this.#peers.add(peer)
  }

  remove(peer: P): void {
    this.#peers.delete(peer)
    // Added again it stands last.
    if (peer === this.#first) this.#first = undefined
  }

  first(): P | undefined {
    if (this.#first !== undefined) return this.#first
    this.#first = this.#turn.next().value
    if (this.#first === undefined) this.#turn = this.#peers.values()
    return this.#first
  }
}
