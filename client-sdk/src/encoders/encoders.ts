/** What programs such as OBS send to a channel by: `odeon.channels.encoders`, for its owner. */
import type { Session } from '../auth/session.ts'

export type EncoderProtocol = 'rtmp' | 'whip'

/** A key that was made, without itself. */
export interface EncoderKey {
  protocol: EncoderProtocol
  /** What to type into the encoder as its server. */
  address: string
  /** Unix ms. */
  madeAt: number
  /** The stream it leads to now; null while there is none and nobody is let in. */
  streamId: string | null
  /** `unknown` while the service does not answer; `lost` when a new one is to be made. */
  connection: 'away' | 'connecting' | 'sending' | 'failed' | 'unknown' | 'lost'
  /** Why it failed, in the service's words. */
  problem: string
  video: { width: number; height: number; framesPerSecond: number } | null
  audio: { channels: number } | null
}

export interface Encoders {
  /** What may be sent by; empty where nobody takes encoders in. */
  protocols: EncoderProtocol[]
  keys: EncoderKey[]
}

export class EncoderDesk {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Refused with `not_found`, `not_allowed`. */
  of(handle: string): Promise<Encoders> {
    return this.#session.send({ method: 'GET', path: at(handle) })
  }

  /** The only time it is told; the one before is void. Refused with `ingress_unavailable`. */
  makeKey(handle: string, protocol: EncoderProtocol): Promise<{ key: string; made: EncoderKey }> {
    return this.#session.send({ method: 'POST', path: `${at(handle)}/${protocol}` })
  }

  /** Who sends by it is cut off. Refused with `not_found`. */
  revokeKey(handle: string, protocol: EncoderProtocol): Promise<void> {
    return this.#session.send({ method: 'DELETE', path: `${at(handle)}/${protocol}` })
  }
}

const at = (handle: string) => `/v1/channels/${encodeURIComponent(handle)}/encoder`
