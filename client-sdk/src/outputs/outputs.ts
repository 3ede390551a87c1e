/** Where a channel's streams are sent on to, and films of streams: `odeon.channels.outputs`. */
import type { Session } from '../auth/session.ts'

/** How an output of a stream goes. */
export interface Output {
  state: 'starting' | 'live' | 'waiting' | 'failed' | 'ended'
  /** Why it failed last; `waiting` tries again by itself. */
  problem: string
  attempts: number
  /** Unix ms. */
  changedAt: number
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

export interface Film extends Output {
  /** In the bucket, or in the folder of the service that made them. */
  files: { path: string; bytes: number; durationMs: number }[]
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

  /** Holds at once, also in a stream that is live; `again` begins one anew that failed. */
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

  /** Of one's own stream; null while there is none. */
  async film(streamId: string): Promise<Film | null> {
    const path = `/v1/streams/${encodeURIComponent(streamId)}/film`
    return (await this.#session.send<{ film: Film | null }>({ method: 'GET', path })).film
  }

  /** Where a live stream is played over HTTP, some seconds late; null while it is not. */
  async hls(streamId: string): Promise<string | null> {
    const path = `/v1/streams/${encodeURIComponent(streamId)}/hls`
    return (await this.#session.send<{ url: string | null }>({ method: 'GET', path })).url
  }
}

const at = (handle: string) => `/v1/channels/${encodeURIComponent(handle)}/destinations`
