/**
 * Finds peers that are gone without a word: whoever was not heard of for a while is pinged, and cut
 * when nothing comes back. Spread over time: an audience is never pinged in one turn.
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
  /** Unix ms of the last look, and what had come until then. */
  at: number
  bytes: number
  /** Pings in a row that nothing followed. */
  missed: number
}

export class PeerWatch<P extends Peer> {
  /** Whoever was looked at longest ago stands first. */
  readonly #peers = new Set<P>()
  /** Goes on where it stood; whoever was looked at stands behind it again. */
  #turn: Iterator<P> = this.#peers.values()
  #next: P | undefined
  readonly #cut: (peer: P) => void

  constructor(cut: (peer: P) => void) {
    this.#cut = cut
  }

  add(peer: P): void {
    this.#peers.add(peer)
  }

  remove(peer: P): void {
    this.#peers.delete(peer)
  }

  /** About once a second. */
  check(now: number): void {
    // Those who came together are looked at over time, each a little later than the one before.
    const share = (this.#peers.size * sharesMax * 1_000) / kitLimits.pingEveryMs
    inSlices({ count: Math.ceil(share), each: () => this.#lookAtNext(now), done() {} })
  }

  #lookAtNext(now: number): void {
    const peer = this.#longestUnseen()
    if (peer === undefined || now - peer.heard.at < kitLimits.pingEveryMs) return
    this.#next = undefined
    this.#peers.delete(peer)
    if (this.#isGone(peer, now)) this.#cut(peer)
    else this.#peers.add(peer)
  }

  #longestUnseen(): P | undefined {
    if (this.#next !== undefined && this.#peers.has(this.#next)) return this.#next
    this.#next = this.#turn.next().value
    if (this.#next === undefined) this.#turn = this.#peers.values()
    return this.#next
  }

  #isGone(peer: P, now: number): boolean {
    const { heard, heardBytes } = peer
    heard.at = now
    // What is queued stands before the ping; that it moves is watched elsewhere.
    if (heardBytes !== heard.bytes || peer.queuedBytes > 0) {
      heard.bytes = heardBytes
      heard.missed = 0
      return false
    }
    if (heard.missed >= kitLimits.pingsMissedMax) return true
    heard.missed += 1
    peer.ping()
    return false
  }
}

/** So many times an even share may be looked at in one second. */
const sharesMax = 2
