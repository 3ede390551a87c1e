/** Where a channel's streams are sent on to, and films of streams: `odeon.channels.outputs`. */
import type { Session } from '../auth/session.ts'
import { streamPath } from '../streams/streams.ts'

/** How an output of a stream goes. */
export interface Output {
  state: 'starting' | 'live' | 'waiting' | 'failed' | 'ended'
  /** Why it failed last; `waiting` tries again by itself. */
  problem: string
  attempts: number
  /** Unix ms. */
  changedAt: number
  /** Why it waits though nothing failed: channel or house has what it may have. */
  refused: 'output_minutes_spent' | 'films_full' | 'no_room' | null
  /** When it is tried again, Unix ms, while it waits. */
  nextAt: number | null
}

export interface Destination {
  id: string
  name: string
  /** `rtmps://live.example/app`, without the key. */
  address: string
  /** The last characters of its key. */
  keyEnd: string
  isOn: boolean
  /** In the stream that is live. */
  output: Output | null
}

export interface Destinations {
  /** False where nothing sends streams on. */
  isOffered: boolean
  destinationsMax: number
  destinations: Destination[]
}

export interface Film {
  id: string
  /** Unix ms of its first picture. */
  startedAt: number
  durationMs: number
  bytes: number
  /** Of a room of voices: there is nothing to be seen. */
  isSound: boolean
  /** Everybody who may see the stream may see it. */
  isPublished: boolean
  /**
   * Good until then, in Unix ms, which is for so long from this answer; null where the server does
   * not reach it, or it is removed.
   */
  link: { play: string; save: string; until: number; forMs: number } | null
}

export interface Films {
  /** Whoever may publish and remove. */
  isOwner: boolean
  /** How filming goes or went, for its owner. */
  filming: Output | null
  /** Oldest first; more than one when filming had to be begun again. */
  films: Film[]
}

/** A stream of a channel with what was made of it. */
export interface FilmedStream {
  id: string
  title: string
  medium: 'video' | 'audio'
  /** Unix ms. */
  startedAt: number
  isLive: boolean
  /** When its films are taken away, Unix ms; null while it is live, or when they are kept. */
  keptUntil: number | null
  filming: Output | null
  films: Film[]
}

export interface ChannelFilms {
  /** False where nothing films streams. */
  isOffered: boolean
  /** Streams with a picture are filmed unless their maker says otherwise. */
  isByDefault: boolean
  /** False where the server does not find the files: nothing can be played or removed. */
  isReachable: boolean
  /** Days that films are kept; 0 until somebody removes them. */
  keptDays: number
  /** Hours after which a film is whole and another goes on; 0: none is too long. */
  filmHours: number
  /** The newest first. */
  streams: FilmedStream[]
  /** The `before` of the page after this one; null at the end. */
  next: string | null
}

export class OutputDesk {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The owner's. Refused with `not_found`, `not_allowed`. */
  of(handle: string): Promise<Destinations> {
    return this.#session.send({ method: 'GET', path: at(handle) })
  }

  /**
   * `key` goes in and never comes out. Refused with `destination_refused`,
   * `too_many_destinations`, `egress_unavailable`.
   */
  add(
    handle: string,
    destination: { name: string; address: string; key: string; isOn?: boolean },
  ): Promise<Destination> {
    return this.#session.send({ method: 'POST', path: at(handle), body: destination })
  }

  /**
   * Holds at once, also in a stream that is live; `again` begins one anew that failed. Refused with
   * `output_minutes_spent` while the channel has no minutes left today.
   */
  change(
    handle: string,
    id: string,
    change: { name?: string; key?: string; isOn?: boolean; again?: true },
  ): Promise<Destination> {
    const path = `${at(handle)}/${encodeURIComponent(id)}`
    return this.#session.send({ method: 'PATCH', path, body: change })
  }

  remove(handle: string, id: string): Promise<void> {
    const path = `${at(handle)}/${encodeURIComponent(id)}`
    return this.#session.send({ method: 'DELETE', path })
  }

  /** One's own, or what is published. Ask again for a new link. Refused with `not_found`. */
  films(streamId: string): Promise<Films> {
    return this.#session.send({ method: 'GET', path: `${streamPath(streamId)}/films` })
  }

  /** All of a channel, for its owner. Refused with `not_found`, `not_allowed`. */
  filmsOf(handle: string, { before }: { before?: string } = {}): Promise<ChannelFilms> {
    const query = before === undefined ? '' : `?before=${encodeURIComponent(before)}`
    const path = `/v1/channels/${encodeURIComponent(handle)}/films${query}`
    return this.#session.send({ method: 'GET', path })
  }

  /**
   * The owner's. `isRemoved: false` brings one back within half a minute. Refused with
   * `not_found`, `not_allowed`, `too_late`, `others_removal`, `films_out_of_reach`.
   */
  changeFilm(
    streamId: string,
    id: string,
    change: { isPublished?: boolean; isRemoved?: boolean },
  ): Promise<Film> {
    const path = `${streamPath(streamId)}/films/${encodeURIComponent(id)}`
    return this.#session.send({ method: 'PATCH', path, body: change })
  }

  /**
   * Films one's own live stream again, after filming failed too often. Refused with `not_found`,
   * `not_allowed`, `not_failed`, `output_minutes_spent`.
   */
  async filmAgain(streamId: string): Promise<Output | null> {
    const path = `${streamPath(streamId)}/films`
    return (await this.#session.send<Pick<Films, 'filming'>>({ method: 'POST', path })).filming
  }

  /** Where a live stream is played over HTTP, some seconds late; null while it is not. */
  async hls(streamId: string): Promise<string | null> {
    const path = `${streamPath(streamId)}/hls`
    return (await this.#session.send<{ url: string | null }>({ method: 'GET', path })).url
  }
}

const at = (handle: string) => `/v1/channels/${encodeURIComponent(handle)}/destinations`
