/** Outputs of streams as they are written down: which are wanted, how each went. */
import type { Sql } from '../platform/database.ts'
import { outputLimits, type OutputRefusal, type OutputState } from './protocol.ts'

/** A stream that has outputs, or is to have some. */
export interface OutputStream {
  id: string
  channelId: string
  isLive: boolean
  /** Unix ms; null before. */
  endedAt: number | null
  isSound: boolean
  /** What its maker said; null when nothing. */
  isFilmed: boolean | null
}

export interface OutputRow {
  target: string
  kind: 'film' | 'destination'
  state: OutputState
  egressId: string | null
  problem: string
  attempts: number
  /** Unix ms. */
  nextAt: number | null
  changedAt: number
  refused: OutputRefusal | null
  /** Of a destination: which of its keys it was begun with last; null when that is not known. */
  keyVersion: number | null
}

/** One of the channel's destinations. */
export interface Destination {
  id: string
  isOn: boolean
  address: string
  sealedKey: Buffer
  /** 1 for the first key it had, one more with each that was set since. */
  keyVersion: number
}

/** Before the ids of all streams. */
export const firstStream = '00000000-0000-0000-0000-000000000000'

/** Live ones that may want an output, and all of which something runs; those behind `after`. */
export const outputStreams = (
  sql: Sql,
  { films, after }: { films: boolean; after: string },
) => sql<OutputStream>`
  select s.id, s.channel_id as "channelId", s.phase = 'live' as "isLive",
    floor(extract(epoch from s.ended_at) * 1000)::float8 as "endedAt",
    s.medium = 'audio' as "isSound", s.is_filmed as "isFilmed"
  from streams s
  where s.id > ${after}::uuid and (s.phase = 'live'
      and (coalesce(s.is_filmed, ${films} and s.medium <> 'audio')
        or exists (select from destinations d where d.channel_id = s.channel_id and d.is_on))
    or exists (select from stream_outputs o where o.stream_id = s.id
      and o.state in ('starting', 'live', 'waiting'))
    or exists (select from output_runs r where r.stream_id = s.id and r.ended_at is null))
  order by s.id limit ${outputLimits.streamsAtOnceMax}`

export const rowsOf = (sql: Sql, streamId: string) => sql<OutputRow>`
  select target, kind, state, egress_id as "egressId", problem, attempts, refused,
    key_version as "keyVersion",
    floor(extract(epoch from next_at) * 1000)::float8 as "nextAt",
    floor(extract(epoch from changed_at) * 1000)::float8 as "changedAt"
  from stream_outputs where stream_id = ${streamId}`

export const destinationsOf = (sql: Sql, channelId: string) => sql<Destination>`
  select id, is_on as "isOn", address, sealed_key as "sealedKey",
    key_version as "keyVersion"
  from destinations
  where channel_id = ${channelId} order by id`

export async function keepRow(sql: Sql, streamId: string, row: OutputRow): Promise<void> {
  const {
    target,
    kind,
    state,
    egressId,
    problem,
    attempts,
    nextAt,
    changedAt,
    refused,
    keyVersion,
  } = row
  const short = problem.slice(0, outputLimits.problemCharsMax)
  await sql`
    insert into stream_outputs (stream_id, target, kind, state, egress_id, problem, attempts,
      next_at, changed_at, refused, key_version)
    values (${streamId}, ${target}, ${kind}, ${state}, ${egressId}, ${short}, ${attempts},
      ${nextAt === null ? null : new Date(nextAt)}, ${new Date(changedAt)}, ${refused},
      ${keyVersion})
    on conflict (stream_id, target) do update set state = excluded.state,
      egress_id = excluded.egress_id, problem = excluded.problem, attempts = excluded.attempts,
      next_at = excluded.next_at, changed_at = excluded.changed_at, refused = excluded.refused,
      key_version = excluded.key_version`
}
