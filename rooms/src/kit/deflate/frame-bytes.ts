/**
 * The bytes of a frame as each socket can take them: whole or thin, plain or deflated. Each kind is
 * made once, for the first who needs it, and shared by all others.
 */
import type { Frame } from '../frame.ts'
import { deflated } from './deflated.ts'

/** What a socket can take at this moment. */
export interface Taker {
  readonly isThin: boolean
  readonly takesDeflated: boolean
}

export class FrameBytes {
  readonly #frame: Frame
  readonly #isShared: boolean
  #whole: Buffer | undefined
  #thin: Buffer | undefined
  #thinDeflated: Buffer | undefined

  /** `isShared` when enough sockets read deflated frames for one to pay. */
  constructor(frame: Frame, isShared: boolean) {
    this.#frame = frame
    this.#isShared = isShared
  }

  for(taker: Taker, count: { thinned: number }): Buffer {
    const { chunk, thin } = this.#frame
    const isDeflated = this.#isShared && taker.takesDeflated
    if (thin === undefined || !taker.isThin) {
      return isDeflated ? (this.#whole ??= deflated(chunk)) : chunk
    }
    count.thinned += 1
    this.#thin ??= thin()
    return isDeflated ? (this.#thinDeflated ??= deflated(this.#thin)) : this.#thin
  }
}
