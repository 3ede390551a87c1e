/** Channels: `odeon.channels`. An account gets one, named like it, with its first stream. */
import type { Session } from '../auth/session.ts'

export type Category = 'music' | 'gaming' | 'talk' | 'learn' | 'art' | 'sport' | 'local'

/** One weekly slot, in UTC. */
export interface ScheduleSlot {
  /** 0 is Monday. */
  weekday: number
  startMinute: number
  durationMinutes: number
  title: string
}

export interface ChannelSettings {
  slowModeSeconds: number
  followersOnly: boolean
  emoteOnly: boolean
}

export interface Channel {
  id: string
  ownerId: string
  handle: string
  name: string
  about: string
  avatarUrl: string | null
  bannerUrl: string | null
  category: Category | null
  /** BCP 47: `ne`, `pt-BR`. */
  language: string | null
  /** ISO 3166: `NP`. */
  country: string | null
  links: { label: string; url: string }[]
  schedule: ScheduleSlot[]
  settings: ChannelSettings
  statistics: { streams: number; liveMs: number; viewersPeak: number }
  /** The stream that is live now, or null. */
  liveStreamId: string | null
  /** Unix ms. */
  createdAt: number
}

/** What its owner may change; null empties a field. */
export interface ChannelChange {
  name?: string
  about?: string
  avatarUrl?: string | null
  bannerUrl?: string | null
  category?: Category | null
  language?: string | null
  country?: string | null
  links?: Channel['links']
  schedule?: ScheduleSlot[]
  settings?: Partial<ChannelSettings>
}

export class Channels {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Newest first. `before` is the id of the last one of the page before; `limit` 1–100. */
  async list(query: { before?: string; limit?: number } = {}): Promise<Channel[]> {
    const path = '/v1/channels'
    const reply = await this.#session.send<{ channels: Channel[] }>({ method: 'GET', path, query })
    return reply.channels
  }

  /** Refused with `not_found`. */
  get(handle: string): Promise<Channel> {
    return this.#session.send({ method: 'GET', path: channelPath(handle) })
  }

  /** The owner only. Refused with `not_allowed`, `invalid`. */
  update(handle: string, change: ChannelChange): Promise<Channel> {
    return this.#session.send({ method: 'PATCH', path: channelPath(handle), body: change })
  }
}

function channelPath(handle: string): string {
  return `/v1/channels/${encodeURIComponent(handle)}`
}
