/**
 * The bytes of a frame as each socket can take them: whole or thin, plain or deflated, with what
 * its class sees of its own. Each kind is made once, for the first who needs it, and shared.
 */
import type { Frame } from '../frame.ts'
import { deflated } from './deflated.ts'

/** What a socket can take at this moment. */
export interface Taker {
  readonly isThin: boolean
  readonly takesDeflated: boolean
  /** The class it belongs to, if any. */
  readonly audience: string | undefined
}

interface Kind {
  all: Buffer
  /** So many bytes at the start of `all` are the patch. */
  patchBytes: number
}

export class FrameBytes {
  readonly #frame: Frame
  readonly #isShared: boolean
  #whole: Kind | undefined
  #thin: Kind | undefined
  #wholeDeflated: Kind | undefined
  #thinDeflated: Kind | undefined
  readonly #ofClasses = new Map<Kind, Map<string, Buffer>>()

  /** `isShared` when enough sockets read deflated frames for one to pay. */
  constructor(frame: Frame, isShared: boolean) {
    this.#frame = frame
    this.#isShared = isShared
  }

  for(taker: Taker, count: { thinned: number }): Buffer {
    const isThin = this.#frame.thin !== undefined && taker.isThin
    if (isThin) count.thinned += 1
    const isDeflated = this.#isShared && taker.takesDeflated
    const kind = isThin ? this.#thinKind(isDeflated) : this.#wholeKind(isDeflated)
    const { audience } = taker
    const own = audience === undefined ? undefined : this.#frame.own?.get(audience)
    if (audience === undefined || own === undefined) return kind.all
    let ofClass = this.#ofClasses.get(kind)
    if (ofClass === undefined) {
      ofClass = new Map()
      this.#ofClasses.set(kind, ofClass)
    }
    let bytes = ofClass.get(audience)
    if (bytes === undefined) {
      bytes = withOwn(kind, isDeflated ? deflated(own) : own)
      ofClass.set(audience, bytes)
    }
    return bytes
  }

  #wholeKind(isDeflated: boolean): Kind {
    const { chunk, patch } = this.#frame
    this.#whole ??= { all: chunk, patchBytes: patch?.byteLength ?? 0 }
    return isDeflated ? (this.#wholeDeflated ??= deflatedKind(this.#whole)) : this.#whole
  }

  #thinKind(isDeflated: boolean): Kind {
    const { chunk, patch, thin } = this.#frame
    this.#thin ??= { all: thin?.() ?? chunk, patchBytes: patch?.byteLength ?? 0 }
    return isDeflated ? (this.#thinDeflated ??= deflatedKind(this.#thin)) : this.#thin
  }
}

/** Behind the patch, whose objects it may speak of. */
function withOwn({ all, patchBytes }: Kind, own: Buffer): Buffer {
  return Buffer.concat([all.subarray(0, patchBytes), own, all.subarray(patchBytes)])
}

function deflatedKind({ all, patchBytes }: Kind): Kind {
  const patch = deflated(all.subarray(0, patchBytes))
  const rest = deflated(all.subarray(patchBytes))
  return { all: Buffer.concat([patch, rest]), patchBytes: patch.byteLength }
}
