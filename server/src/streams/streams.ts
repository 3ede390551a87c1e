/** Streams as records: what rooms ask of them (the `Streams` port) and what HTTP shows of them. */
import type { StreamFacts, Streams as StreamsPort, World } from '@odeon/rooms/ports'
import type { StreamNumbers, StreamPhase } from '@odeon/rooms/protocol'
import { validate as isUuid } from 'uuid'
import type { Channels } from '../channels/channels.ts'
import { pictureUrl } from '../media/protocol.ts'
import type { Database } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { gather, together } from '../platform/gather.ts'
import { admitAll, type Asked } from './admission.ts'
import { type EngagementPoint, engagementOf, keepEngagement } from './engagement.ts'
import { type Stream, StreamEntity } from './entities.ts'
import { type Moved, phases } from './phases.ts'
import { recordsOf } from './stream-record.ts'
import { type NewStream, type StreamView, streamLimits } from './protocol.ts'

export interface Streams extends StreamsPort {
  create(ownerId: string, stream: NewStream): Promise<StreamView | Refused<'not_allowed'>>
  get(streamId: string): Promise<StreamView | null>
  /** For whoever looks at what is left of it: null, too, while its host is suspended. */
  shown(streamId: string): Promise<StreamFacts | null>
  /** In the order of the ids; those that are gone are left out. */
  byIds(ids: string[]): Promise<StreamView[]>
  /** Newest first; `before` is the id of the last stream of the page before. */
  page(options: StreamQuery): Promise<{ streams: StreamView[]; more: boolean }>
  /** Minute by minute, oldest first; nobody but the crew of the stream is shown it. */
  engagement(streamId: string): Promise<EngagementPoint[]>
  /**
   * Ends live streams that no room has run for long, with their last numbers. Call it at start;
   * `running` tells which of them have a room in some process.
   */
  endAbandoned(running?: (streamIds: string[]) => Promise<Set<string>>): Promise<number>
  /** Which of these are ended, and which there are none of. */
  ended(streamIds: string[]): Promise<string[]>
}

export interface StreamQuery {
  phase?: StreamPhase
  /** Handle of the channel. */
  channel?: string
  before?: string
  limit: number
}

export interface StreamsDeps {
  database: Pick<Database, 'em' | 'sql' | 'prepared' | 'transaction'>
  channels: Pick<Channels, 'ensure'>
  world: Pick<World, 'now' | 'newId'>
  /** Viewers in a stream's room at this moment; 0 when it has no room. */
  liveViewers?: (streamId: string) => number
  /** Called when a stream was made, started or ended. */
  moved?: (moved: Moved) => void
}

export function streams(deps: StreamsDeps): Streams {
  const { em, sql, prepared } = deps.database
  const { start, end } = phases(deps.database, deps.moved)

  const byId = async (streamId: string) =>
    isUuid(streamId)
      ? await em().findOne(StreamEntity, { id: streamId }, { populate: ['channel'] })
      : null

  const recordOf = gather((streamIds: string[]) => recordsOf(sql, streamIds), together)
  const admitOne = gather((asked: Asked[]) => admitAll(prepared, asked), together)

  return {
    start,
    end,
    find: (streamId) => recordOf(streamId),
    create: (ownerId, stream) => createStream(deps, ownerId, stream),
    page: (query) => pageOfStreams(deps, query),
    engagement: (streamId) => engagementOf(sql, streamId),
    endAbandoned: (running) => endAbandoned(deps, end, running),

    async ended(streamIds) {
      const found = await sql<{ id: string }>`
        select id from streams where id = any(${streamIds}::uuid[]) and phase = 'ended'`
      return found.map(({ id }) => id)
    },

    async shown(streamId) {
      const stream = await recordOf(streamId)
      if (stream === null) return null
      const suspended = await sql`
        select from users where id = ${stream.hostId} and suspended_at is not null`
      return suspended.length > 0 ? null : stream
    },

    async admit(streamId, identity) {
      if (!isUuid(streamId)) return { refused: 'not_found' }
      return await admitOne({ streamId, identity, at: deps.world.now() })
    },

    async update(streamId, { title, category }) {
      const changed = await sql`
        update streams set title = coalesce(${title ?? null}, title),
          category = case when ${category !== undefined} then ${category ?? null} else category end
        where id = ${streamId} and phase <> 'ended' returning id`
      return changed.length === 1
    },

    async checkpoint(streamId, numbers) {
      const atMs = deps.world.now()
      await deps.database.transaction(async (tx) => {
        await keepEngagement(tx, streamId, { atMs, numbers })
        await tx`
          update streams set numbers = ${JSON.stringify(numbers)},
            checkpointed_at = ${new Date(atMs)}
          where id = ${streamId} and phase = 'live'`
      })
    },

    async byIds(ids) {
      const found = await em().find(StreamEntity, { id: { $in: ids } }, { populate: ['channel'] })
      const byIds = new Map(found.map((stream) => [stream.id, stream]))
      return ids.flatMap((id) => byIds.get(id) ?? []).map((stream) => view(deps, stream))
    },

    async numbers(streamId) {
      return (await byId(streamId))?.numbers ?? null
    },

    async get(streamId) {
      const found = await byId(streamId)
      return found ? view(deps, found) : null
    },
  }
}

async function createStream(deps: StreamsDeps, ownerId: string, stream: NewStream) {
  const channel = await deps.channels.ensure(ownerId)
  if (!channel) return new Refused('not_allowed')
  const id = deps.world.newId()
  await deps.database.transaction(async (sql) => {
    // The channel's row keeps two makers apart, so that the bound below holds.
    await sql`select from channels where id = ${channel.id} for update`
    await sql`
      delete from streams where id in (
        select id from streams where channel_id = ${channel.id} and phase = 'pending'
        order by id desc offset ${streamLimits.pendingMax - 1})`
    await sql`
      insert into streams
        (id, channel_id, host_id, title, medium, is_filmed, category, language, created_at)
      values (${id}, ${channel.id}, ${ownerId}, ${stream.title}, ${stream.medium ?? 'video'},
        ${stream.film ?? null}, ${stream.category ?? null},
        ${stream.language ?? null}, ${new Date(deps.world.now())})`
  })
  deps.moved?.({ streamId: id, channelId: channel.id, phase: 'pending' })
  const made = await deps.database
    .em()
    .findOneOrFail(StreamEntity, { id }, { populate: ['channel'] })
  return view(deps, made)
}

async function pageOfStreams(deps: StreamsDeps, query: StreamQuery) {
  const { phase, channel, before, limit } = query
  const found = await deps.database.em().find(
    StreamEntity,
    {
      ...(phase ? { phase } : {}),
      ...(channel ? { channel: { handle: channel.toLowerCase() } } : {}),
      ...(before ? { id: { $lt: before } } : {}),
    },
    { populate: ['channel'], orderBy: { id: 'desc' }, limit: limit + 1 },
  )
  return {
    streams: found.slice(0, limit).map((stream) => view(deps, stream)),
    more: found.length > limit,
  }
}

async function endAbandoned(
  deps: StreamsDeps,
  end: StreamsPort['end'],
  running: Parameters<Streams['endAbandoned']>[0],
): Promise<number> {
  const quietSince = new Date(deps.world.now() - streamLimits.abandonedAfterMs)
  const left = await deps.database.em().find(StreamEntity, {
    phase: 'live',
    checkpointedAt: { $lt: quietSince },
  })
  const kept = (await running?.(left.map(({ id }) => id))) ?? new Set()
  const abandoned = left.filter(({ id }) => !kept.has(id))
  const outcomes = await Promise.all(
    abandoned.map((stream) => {
      const endedAt = stream.checkpointedAt?.getTime() ?? deps.world.now()
      const startedAt = stream.startedAt?.getTime() ?? endedAt
      return end(stream.id, endedAt, stream.numbers ?? noNumbers(endedAt - startedAt))
    }),
  )
  return outcomes.filter(Boolean).length
}

/** Of a stream whose numbers nobody saved. */
export function noNumbers(durationMs: number): StreamNumbers {
  return {
    durationMs,
    viewersPeak: 0,
    viewersAverage: 0,
    viewersUnique: 0,
    watchMinutes: 0,
    messages: 0,
    chatters: 0,
    reactions: 0,
    reactionsByKind: { heart: 0, fire: 0, laugh: 0, clap: 0, wow: 0, cry: 0 },
    joinsPerMinute: [],
  }
}

function view({ liveViewers }: StreamsDeps, stream: Stream): StreamView {
  const { id, title, medium, phase, hostId, channel } = stream
  return {
    id,
    title,
    medium,
    phase,
    hostId,
    category: stream.category ?? null,
    language: stream.language ?? null,
    startedAt: stream.startedAt?.getTime() ?? null,
    endedAt: stream.endedAt?.getTime() ?? null,
    channel: {
      id: channel.id,
      handle: channel.handle,
      name: channel.name,
      avatarUrl: pictureUrl('avatar', channel.avatarId),
    },
    viewers: phase === 'live' ? (liveViewers?.(id) ?? 0) : 0,
    ...(phase === 'ended' && stream.numbers ? { numbers: stream.numbers } : {}),
  }
}
