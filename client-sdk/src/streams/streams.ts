/** Live streams as records: `odeon.streams`. Being there is `odeon.live`. */
import type { LiveEvents, StreamMedium, StreamNumbers, StreamPhase } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'
import type { Category } from '../channels/channels.ts'
import type { LogItem } from '../room/log-view.ts'

export interface Stream {
  id: string
  title: string
  category: Category | null
  language: string | null
  /** `audio` is a room of voices: `odeon.audio`. */
  medium: StreamMedium
  phase: StreamPhase
  /** Unix ms, null until it happens. */
  startedAt: number | null
  endedAt: number | null
  /** `avatarUrl` is a path on the server; `pictureAt` names its smaller forms. */
  channel: { id: string; handle: string; name: string; avatarUrl: string | null }
  hostId: string
  viewers: number
  /** What it came to, once ended. */
  numbers?: StreamNumbers
}

export interface NewStream {
  title: string
  category?: Category | null
  /** BCP 47: `ne`, `pt-BR`. */
  language?: string | null
  /** Video unless told. */
  medium?: StreamMedium
  /** Whether it is filmed, where the server can; else as the server is set. */
  film?: boolean
}

export interface StreamQuery {
  phase?: StreamPhase
  channel?: string
  before?: string
  /** 1–100. */
  limit?: number
}

export interface HistoryQuery {
  /** `seq` below which to read; the newest when absent. */
  before?: number
  /** 1–100. */
  limit?: number
}

/** One page of the archive, oldest entry first. */
export interface HistoryPage<Events> {
  entries: LogItem<Events>[]
  /** True when older ones exist. */
  more: boolean
}

/** What happened in one minute of a stream; in streams over 12 h, in several minutes. */
export interface EngagementPoint {
  /** Unix ms at which it begins. */
  at: number
  /** Average of those who watched in it, to a tenth. */
  viewers: number
  messages: number
  reactions: number
  joins: number
}

export class Streams {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /**
   * Makes a stream, `pending` until its host starts it in its room. Refused with `invalid`,
   * `account_required`, `not_allowed`.
   */
  create(stream: NewStream): Promise<Stream> {
    return this.#session.send({ method: 'POST', path: '/v1/streams', body: stream })
  }

  /** Refused with `not_found`. */
  get(id: string): Promise<Stream> {
    return this.#session.send({ method: 'GET', path: streamPath(id) })
  }

  /** Newest first. `channel` is a handle; `before` the id of the last one of the page before. */
  async list(query: StreamQuery = {}): Promise<Stream[]> {
    const path = '/v1/streams'
    const reply = await this.#session.send<{ streams: Stream[] }>({
      method: 'GET',
      path,
      query: { ...query },
    })
    return reply.streams
  }

  /**
   * Minute by minute since the stream's start, at most 720 points, the last checkpoint last; for
   * its host and crew. Refused with `not_found`, `not_crew`, `account_required`.
   */
  engagement(id: string): Promise<{ points: EngagementPoint[] }> {
    return this.#session.send({ method: 'GET', path: `${streamPath(id)}/engagement` })
  }

  /** A page of a stream's log from the archive; works without joining, also after its end. */
  log(id: string, query: HistoryQuery = {}): Promise<HistoryPage<LiveEvents>> {
    return this.#session.send({
      method: 'GET',
      path: `${streamPath(id)}/log`,
      query: { ...query },
    })
  }
}

export function streamPath(id: string): string {
  return `/v1/streams/${encodeURIComponent(id)}`
}
