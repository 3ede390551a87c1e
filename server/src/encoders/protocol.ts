/** Stream keys over HTTP (LIVE-05, LIVE-12): what encoders send by, and how it stands. */
import { z } from 'zod'
import { uuid } from '../platform/http/ids.ts'

export const encoderLimits = {
  /** One call to the service. */
  answerSeconds: 4,
  /** Keys are compared with the streams they lead to so often. */
  tidyEveryMs: 10_000,
  tidiedAtOnceMax: 50,
  /** Longer than one call: who leads a key elsewhere has it to themselves for so long. */
  pointingMs: 8_000,
  /** So often in a row, when streams begin and end meanwhile; the next comparison goes on. */
  pointTurnsMax: 5,
  /** An entry that was made and whose key was not kept within this is removed. */
  orderKeptMs: 60_000,
} as const

export const encoderProtocols = ['rtmp', 'whip'] as const
export const encoderProtocol = z.enum(encoderProtocols)
export type EncoderProtocol = z.output<typeof encoderProtocol>

/** A key that was made, without itself. Times in Unix ms. */
export const encoderKey = z.object({
  protocol: encoderProtocol,
  /** What to type into the encoder as its server. */
  address: z.string(),
  madeAt: z.number(),
  /** The stream it leads to now; null while there is none, when nobody is let in. */
  streamId: uuid.nullable(),
  /**
   * `unknown` when the service does not answer; `lost` when it knows this key no more: make a new
   * one.
   */
  connection: z.enum(['away', 'connecting', 'sending', 'failed', 'unknown', 'lost']),
  problem: z.string(),
  video: z
    .object({
      width: z.number(),
      height: z.number(),
      framesPerSecond: z.number(),
    })
    .nullable(),
  audio: z.object({ channels: z.number() }).nullable(),
})
export type EncoderKey = z.output<typeof encoderKey>

export const encoderView = z.object({
  /** What encoders may send by; empty where nobody takes them in. */
  protocols: z.array(encoderProtocol),
  keys: z.array(encoderKey),
})

/** The only answer that ever holds a key. */
export const madeKey = z.object({ key: z.string(), made: encoderKey })
