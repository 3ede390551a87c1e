/** Channels: `odeon.channels`. Everybody who creates a stream has one, named like the account. */
import type { Session } from '../auth/session.ts'

export interface Channel {
  id: string
  handle: string
  name: string
  about: string
  category: string
  language: string
}

export type ChannelChanges = Partial<Pick<Channel, 'name' | 'about' | 'category' | 'language'>>

export class Channels {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async list(): Promise<Channel[]> {
    const reply = await this.#session.send<{ channels: Channel[] }>({
      method: 'GET',
      path: '/v1/channels',
    })
    return reply.channels
  }

  /** Refused with `not_found`. */
  get(handle: string): Promise<Channel> {
    return this.#session.send({ method: 'GET', path: channelPath(handle) })
  }

  /** The owner only. Refused with `not_allowed`, `invalid`. */
  update(handle: string, changes: ChannelChanges): Promise<Channel> {
    return this.#session.send({ method: 'PATCH', path: channelPath(handle), body: changes })
  }
}

function channelPath(handle: string): string {
  return `/v1/channels/${encodeURIComponent(handle)}`
}
