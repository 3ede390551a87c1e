/**
 * Finds peers that are gone without a word: whoever was not heard of for a while is pinged, and cut
 * when nothing comes back. Spread over time: an audience is never pinged in one turn.
 */
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

  get all(): Iterable<P> {
    return this.#peers
  }

  /** About once a second. */
  check(now: number): void {
    const { pingEveryMs } = kitLimits
    // Those who came together are looked at over time, each a little later than the one before.
    let left = Math.ceil((this.#peers.size * sharesMax * 1_000) / pingEveryMs)
    for (const peer of this.#peers) {
      if (left === 0 || now - peer.heard.at < pingEveryMs) return
      left -= 1
      this.#peers.delete(peer)
      if (this.#isGone(peer, now)) this.#cut(peer)
      else this.#peers.add(peer)
    }
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
