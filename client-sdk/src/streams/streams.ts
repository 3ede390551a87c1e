/** Live streams as records: `odeon.streams`. Being there is `odeon.live`. */
import type { StreamNumbers, StreamPhase } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'
import type { LogItem } from '../room/log-view.ts'
import type { LiveEvents } from '@odeon/rooms/protocol'

export interface Stream {
  id: string
  title: string
  category: string | null
  language: string | null
  phase: StreamPhase
  /** Unix ms, null until it happens. */
  startedAt: number | null
  endedAt: number | null
  channel: { id: string; handle: string; name: string }
  hostId: string
  viewers: number
  /** What it came to, once ended. */
  numbers?: StreamNumbers
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

export class Streams {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Makes a stream, `pending` until its host starts it in the room. Refused with `invalid`. */
  create(stream: { title: string; category?: string; language?: string }): Promise<Stream> {
    return this.#session.send({ method: 'POST', path: '/v1/streams', body: stream })
  }

  /** Refused with `not_found`. */
  get(id: string): Promise<Stream> {
    return this.#session.send({ method: 'GET', path: streamPath(id) })
  }

  async list(
    query: { phase?: StreamPhase; channel?: string; before?: string; limit?: number } = {},
  ): Promise<Stream[]> {
    const reply = await this.#session.send<{ streams: Stream[] }>({
      method: 'GET',
      path: '/v1/streams',
      query: { ...query },
    })
    return reply.streams
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
