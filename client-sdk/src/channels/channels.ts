/** Channels: `odeon.channels`. An account gets one, named like it, with its first stream. */
import type { ChatModes } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'
import { EncoderDesk } from '../encoders/encoders.ts'
import type { Upload, UploadOptions } from '../http/transport.ts'
import { ModeratedChannels } from '../moderation/moderated-channels.ts'
import { OutputDesk } from '../outputs/outputs.ts'
import type { Stream } from '../streams/streams.ts'

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
  /** Modes of the channel's chat; a live room changes them too. */
  chat: ChatModes
  /** Doubtful lines wait for a moderator; otherwise their writers are warned. */
  holdSuspicious: boolean
}

export interface Channel {
  id: string
  ownerId: string
  handle: string
  name: string
  about: string
  /** Path on the server of the largest form; `pictureAt` names the smaller ones. */
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
  followers: number
  statistics: { streams: number; liveMs: number; viewersPeak: number }
  /** The stream that is live now, or null. */
  liveStreamId: string | null
  /** Unix ms. */
  createdAt: number
}

/** A channel as the signed-in person sees it. */
export interface ChannelPage extends Channel {
  isFollowing: boolean
  /** Unix ms since when, or null. */
  followedAt: number | null
}

/** One of the channels somebody follows. */
export interface FollowedChannel extends ChannelPage {
  followedAt: number
}

export interface FollowStanding {
  isFollowing: boolean
  followedAt: number | null
  /** Everybody's. */
  followers: number
}

export interface Emote {
  /** What is written between colons: `wave` for `:wave:`. */
  code: string
  /** Names its picture; `emoteUrl` says where that is. */
  id: string
  isAnimated: boolean
  /** Drawn by the house, there in every channel. */
  isHouse: boolean
}

export interface ChannelQuery {
  category?: Category
  language?: string
  country?: string
  before?: string
  /** 1–100. */
  limit?: number
}

/** What its owner may change; null empties a field. */
export interface ChannelChange {
  name?: string
  about?: string
  category?: Category | null
  language?: string | null
  country?: string | null
  links?: Channel['links']
  schedule?: ScheduleSlot[]
  settings?: { chat?: Partial<ChatModes>; holdSuspicious?: boolean }
}

export class Channels extends ModeratedChannels {
  /** What programs such as OBS send by. */
  readonly encoders: EncoderDesk
  /** Where streams are sent on to, and their films. */
  readonly outputs: OutputDesk
  readonly #session: Session

  constructor(session: Session) {
    super(session)
    this.#session = session
    this.encoders = new EncoderDesk(session)
    this.outputs = new OutputDesk(session)
  }

  /** Newest first. `before` is the id of the last one of the page before. */
  async list(query: ChannelQuery = {}): Promise<Channel[]> {
    const path = '/v1/channels'
    const call = { method: 'GET', path, query: { ...query } } as const
    return (await this.#session.send<{ channels: Channel[] }>(call)).channels
  }

  /** Refused with `not_found`. */
  get(handle: string): Promise<ChannelPage> {
    return this.#session.send({ method: 'GET', path: channelPath(handle) })
  }

  /** The owner only. Refused with `not_allowed`, `invalid`. */
  update(handle: string, change: ChannelChange): Promise<ChannelPage> {
    return this.#session.send({ method: 'PATCH', path: channelPath(handle), body: change })
  }

  /**
   * Again changes nothing; after `unfollow` the time starts anew. Refused with `not_found`,
   * `account_required`, `own_channel`, `blocked`, `too_many_follows`.
   */
  follow(handle: string): Promise<FollowStanding> {
    return this.#session.send({ method: 'POST', path: `${channelPath(handle)}/follow` })
  }

  unfollow(handle: string): Promise<FollowStanding> {
    return this.#session.send({ method: 'DELETE', path: `${channelPath(handle)}/follow` })
  }

  /** Streams that have ended, newest first, with what they came to. */
  async streams(
    handle: string,
    query: { before?: string; limit?: number } = {},
  ): Promise<Stream[]> {
    const path = `${channelPath(handle)}/streams`
    const call = { method: 'GET', path, query: { ...query } } as const
    return (await this.#session.send<{ streams: Stream[] }>(call)).streams
  }

  /**
   * A PNG, WebP, GIF or JPEG of at most 10 MB, cut to a square. Refused with `not_a_picture`,
   * `broken_picture`, `picture_too_big`, `too_large`, `not_allowed`.
   */
  setAvatar(handle: string, picture: Upload, how: UploadOptions = {}): Promise<ChannelPage> {
    return this.#session.send(upload('PUT', `${channelPath(handle)}/avatar`, picture, how))
  }

  /** The same for the picture on top of the page, three times as wide as high. */
  setBanner(handle: string, picture: Upload, how: UploadOptions = {}): Promise<ChannelPage> {
    return this.#session.send(upload('PUT', `${channelPath(handle)}/banner`, picture, how))
  }

  removeAvatar(handle: string): Promise<ChannelPage> {
    return this.#session.send({ method: 'DELETE', path: `${channelPath(handle)}/avatar` })
  }

  removeBanner(handle: string): Promise<ChannelPage> {
    return this.#session.send({ method: 'DELETE', path: `${channelPath(handle)}/banner` })
  }

  /** The channel's own by code, then those of the house. */
  async emotes(handle: string): Promise<Emote[]> {
    const call = { method: 'GET', path: emotesPath(handle) } as const
    return (await this.#session.send<{ emotes: Emote[] }>(call)).emotes
  }

  /**
   * A picture of at most 2 MB that may move; `code` is 2–24 of a–z, 0–9 and _. Refused as
   * `setAvatar`, and with `too_many_frames`, `code_taken`, `too_many_emotes`.
   */
  addEmote(handle: string, code: string, picture: Upload, how: UploadOptions = {}): Promise<Emote> {
    const call = upload('POST', emotesPath(handle), picture, how)
    return this.#session.send({ ...call, query: { code } })
  }

  /** Refused with `no_such_emote`, `code_taken`, `not_allowed`. */
  renameEmote(handle: string, code: string, to: string): Promise<Emote> {
    const body = { code: to }
    return this.#session.send({ method: 'PATCH', path: emotePath(handle, code), body })
  }

  removeEmote(handle: string, code: string): Promise<void> {
    return this.#session.send({ method: 'DELETE', path: emotePath(handle, code) })
  }
}

function upload(method: 'PUT' | 'POST', path: string, picture: Upload, how: UploadOptions) {
  return { method, path, upload: picture, ...how } as const
}

function channelPath(handle: string): string {
  return `/v1/channels/${encodeURIComponent(handle)}`
}

function emotesPath(handle: string): string {
  return `${channelPath(handle)}/emotes`
}

function emotePath(handle: string, code: string): string {
  return `${emotesPath(handle)}/${encodeURIComponent(code)}`
}
