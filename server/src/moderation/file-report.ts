/** `POST /reports`: somebody says that something is wrong; what was said comes from the archive. */
import { liveRoomId } from '@odeon/rooms'
import { validate as isUuid } from 'uuid'
import type { Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { within } from '../platform/within.ts'
import type { ModerationDeps } from './deps.ts'
import { houseLimits } from './limits.ts'
import { deskLimits, type Report } from './protocol.ts'

export interface ReportDeps extends Pick<ModerationDeps, 'database' | 'world'> {
  /** Resolves when everything announced so far is stored. */
  flushArchive: () => Promise<void>
}

export type ReportRefusal = 'not_found' | 'not_yourself' | 'already_reported' | 'too_many_reports'

/** What a report is about, as the record knows it. */
interface Target {
  subjectId: string
  /** Whose crew may decide; null where that would be the crew of whom it is about. */
  channelId: string | null
  streamId: string | null
  excerpt: string | null
}

const archiveWaitMs = 1_500
const dayMs = 24 * 60 * 60_000

export async function fileReport(
  deps: ReportDeps,
  reporterId: string,
  report: Report,
): Promise<{ id: string } | Refused<ReportRefusal>> {
  const { database, world } = deps
  const target = await targetOf(deps, report)
  if (!target) return new Refused('not_found')
  if (target.subjectId === reporterId) return new Refused('not_yourself')
  const id = world.newId()
  const at = new Date(world.now())
  return await database.transaction(async (sql) => {
    // The reporter's row keeps two reports of theirs apart, so that the bound holds.
    await sql`select from users where id = ${reporterId} for no key update`
    const [filed] = await sql<{ count: string }>`
      select count(*) from flags
      where reporter_id = ${reporterId} and created_at > ${new Date(world.now() - dayMs)}`
    if (Number(filed?.count ?? 0) >= deskLimits.reportsPerDayMax) {
      return new Refused('too_many_reports')
    }
    const added = await sql`
      insert into flags (id, created_at, reporter_id, is_automatic, type, target_id, subject_id,
        channel_id, stream_id, reason, text, excerpt)
      values (${id}, ${at}, ${reporterId}, false, ${report.targetType}, ${report.targetId},
        ${target.subjectId}, ${target.channelId}, ${target.streamId}, ${report.reason},
        ${report.text ?? null}, ${target.excerpt})
      on conflict (reporter_id, type, target_id) where reporter_id is not null do nothing
      returning id`
    return added.length === 0 ? new Refused('already_reported') : { id }
  })
}

async function targetOf(deps: ReportDeps, report: Report): Promise<Target | null> {
  const { sql } = deps.database
  const { targetType, targetId, streamId } = report
  if (targetType === 'message') {
    return streamId ? await lineOf(deps, streamId, targetId) : null
  }
  if (!isUuid(targetId)) return null
  if (targetType === 'user') return await personOf(sql, targetId, streamId)
  return targetType === 'stream' ? await streamOf(sql, targetId) : await pageOf(sql, targetId)
}

/** A line may still be on its way into the archive when somebody reports it. */
async function lineOf(deps: ReportDeps, streamId: string, lineId: string): Promise<Target | null> {
  const { sql } = deps.database
  const find = async () => {
    const [line] = await sql<{ sender_id: string; channel_id: string; text: string }>`
      select l.sender_id, s.channel_id, l.entry ->> 'text' as text
      from log_entries l join streams s on s.id = ${streamId}
      where l.room_id = ${liveRoomId(streamId)} and l.type = 'chat.posted'
        and l.entry ->> 'id' = ${lineId} and l.sender_id is not null`
    return line
  }
  let line = await find()
  if (!line) {
    await within(archiveWaitMs, deps.flushArchive())
    line = await find()
  }
  // What was taken out already needs no report.
  if (!line || line.text === '') return null
  const excerpt = line.text.slice(0, houseLimits.lineCharsMax)
  return { subjectId: line.sender_id, channelId: line.channel_id, streamId, excerpt }
}

async function personOf(sql: Sql, userId: string, streamId?: string): Promise<Target | null> {
  const [person] = await sql<{ name: string; about: string; channel_id: string | null }>`
    select u.name, u.about, s.channel_id from users u
    left join streams s on s.id = ${streamId ?? null}::uuid and s.host_id <> u.id
    where u.id = ${userId}`
  if (!person) return null
  const { name, about, channel_id: channelId } = person
  const excerpt = about === '' ? name : `${name}: ${about}`
  return { subjectId: userId, channelId, streamId: channelId && (streamId ?? null), excerpt }
}

async function streamOf(sql: Sql, streamId: string): Promise<Target | null> {
  const [stream] = await sql<{ host_id: string; title: string }>`
    select host_id, title from streams where id = ${streamId}`
  if (!stream) return null
  return { subjectId: stream.host_id, channelId: null, streamId, excerpt: stream.title }
}

/** The page of a channel: its words and pictures. */
async function pageOf(sql: Sql, channelId: string): Promise<Target | null> {
  const [page] = await sql<{ owner_id: string; name: string; about: string }>`
    select owner_id, name, about from channels where id = ${channelId}`
  if (!page) return null
  const excerpt = `${page.name}: ${page.about}`.slice(0, houseLimits.lineCharsMax)
  return { subjectId: page.owner_id, channelId: null, streamId: null, excerpt }
}
