/**
 * Reads what clients deflate, message by message and without keeping anything between two: a
 * browser deflates whatever it says once it may, and `ws` would keep a window for each socket.
 */
import { constants, inflateRawSync } from 'node:zlib'
import { kitLimits } from '../protocol.ts'
import { TokenBucket } from '../token-bucket.ts'

type Inflated = (error: Error | null, bytes?: Buffer) => void

/** The part of `ws` that reads a deflated message, or a part of one, and calls back later. */
export interface Inflater {
  decompress(data: Buffer, isLast: boolean, done: Inflated): void
}

interface Socket {
  readonly readyState: number
  close(code: number): void
}

const OPEN = 1
const nothing = Buffer.alloc(0)
/** Left out on the wire. */
const tail = Buffer.from([0, 0, 0xff, 0xff])
const rate = {
  perSecond: kitLimits.inflatesPerSecondMax,
  burst: kitLimits.inflatesPerSecondMax,
}

/** RFC 6455, section 7.4.1. */
const closed = { notAsAgreed: 1007, tooMany: 1008, tooLarge: 1009 } as const

export function boundInflation(socket: Socket, inflater: Inflater): void {
  const allowance = new TokenBucket(rate, performance.now())
  let parts: Buffer[] = []
  inflater.decompress = (data, isLast, done) => {
    // Who is being closed is not listened to, and must not cost anything either.
    if (socket.readyState !== OPEN) return later(done, null, nothing)
    parts.push(data)
    if (!isLast) return later(done, null, nothing)
    const packed = Buffer.concat([...parts, tail])
    parts = []
    const refuse = (code: number, error: Error) => {
      socket.close(code)
      later(done, error)
    }
    if (allowance.take(performance.now()) > 0) {
      return refuse(closed.tooMany, new RangeError('Too many deflated messages'))
    }
    try {
      later(done, null, inflated(packed))
    } catch (error) {
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      refuse(isTooLarge ? closed.tooLarge : closed.notAsAgreed, error as Error)
    }
  }
}

/** Stops at the largest message there may be, however little it was deflated to. */
const inflated = (packed: Buffer): Buffer =>
  inflateRawSync(packed, {
    finishFlush: constants.Z_SYNC_FLUSH,
    maxOutputLength: kitLimits.inboundBytesMax,
  })

/** The receiver of `ws` counts on being called back after its own turn. */
function later(done: Inflated, error: Error | null, bytes?: Buffer): void {
  process.nextTick(done, error, bytes)
}
