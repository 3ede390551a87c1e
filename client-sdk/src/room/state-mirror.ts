/**
 * The state of one session as the server last sent it. A resumed session keeps its mirror; a new
 * seat gets a new one, because another room process may number its objects differently.
 */
import { type Decoder, Reflection } from '@colyseus/schema'
import { plainState } from './plain-state.ts'

export class StateMirror {
  readonly #decoder: Decoder
  #plain: unknown
  #isStale = true
  #isFilled = false

  /** `handshake` is the server's description of the state, from which its types are made. */
  constructor(handshake: Uint8Array) {
    this.#decoder = Reflection.decode(handshake)
  }

  /** A full state replaces what is there: what it does not name any more goes. */
  apply(bytes: Uint8Array, isFull: boolean): void {
    if (isFull && this.#isFilled) this.#decoder.decodeResync(bytes)
    else this.#decoder.decode(bytes)
    this.#isFilled = true
    this.#isStale = true
  }

  /** The decoder's own objects, for a quick look without a copy. */
  get raw(): unknown {
    return this.#decoder.state
  }

  /** The state as plain data; the same object until something changes. */
  read(before?: unknown): unknown {
    if (this.#isStale) {
      this.#plain = plainState(this.#decoder.state, this.#plain ?? before)
      this.#isStale = false
    }
    return this.#plain
  }
}
