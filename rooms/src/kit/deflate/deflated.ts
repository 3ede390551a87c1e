/**
 * A frame's messages deflated for all who read it (RFC 7692): each begins with an empty window, so
 * the same bytes are right for every socket that agreed to `server_no_context_takeover`.
 */
import { constants, deflateRawSync } from 'node:zlib'
import { kitLimits } from '../protocol.ts'
import { framesIn, websocketFrame } from '../wire.ts'

/** What a reader must be able to look back. */
export const deflateWindowBits = 15

const options = {
  windowBits: deflateWindowBits,
  level: 6,
  finishFlush: constants.Z_SYNC_FLUSH,
} as const
/** An empty stored block ends each message and is left out on the wire. */
const tailBytes = 4

/** The same messages in the same order; those stay as they are for which deflating does not pay. */
export function deflated(frames: Buffer): Buffer {
  if (frames.byteLength < kitLimits.deflateFromBytes) return frames
  return Buffer.concat(framesIn(frames).map(({ frame, payload }) => smaller(frame, payload)))
}

function smaller(frame: Buffer, payload: Buffer): Buffer {
  const { deflateFromBytes, deflateUpToBytes, deflatedShareMax } = kitLimits
  const { byteLength } = payload
  if (byteLength < deflateFromBytes || byteLength > deflateUpToBytes) return frame
  const packed = deflateRawSync(payload, options)
  const left = packed.byteLength - tailBytes
  if (left > byteLength * deflatedShareMax) return frame
  return websocketFrame(packed.subarray(0, left), 'deflated')
}
