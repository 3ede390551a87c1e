/** Writes one notice for many people: numbered for each, bounded for each, all or nothing. */
import { liveRoomId, noticeLimits, socialNoticeKinds } from '@odeon/rooms'
import type { Notices } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'

/** A notice as it is told; the rest is made when it is kept. */
export type NewNotice = Parameters<Notices['notify']>[1]

export interface Posting {
  /** Whom it is for, each with the id of their notice. */
  to: readonly { userId: string; noticeId: string }[]
  notice: NewNotice
  at: number
}

/** In a transaction. Answers who got it: not who is gone, blocked its causer, was told enough. */
export async function postNotices(sql: Sql, { to, notice, at }: Posting): Promise<string[]> {
  const { kind, from, line, ...rest } = notice
  const isSocial = socialNoticeKinds.includes(kind)
  const [roomId, lineSeq] = line ? [liveRoomId(line.streamId), line.seq] : [null, null]
  const since = new Date(at - noticeLimits.fromOnePersonMs)
  if (isSocial && from !== null) {
    // One after the other, so that what comes at the same time is counted, too.
    await sql`select pg_advisory_xact_lock(hashtextextended(${from.id}, 0))`
  }
  const rows = await sql<{ user_id: string }>`
    with addressed as (
      select u.id, given.notice_id
      from unnest(
        ${to.map(({ userId }) => userId)}::uuid[],
        ${to.map(({ noticeId }) => noticeId)}::uuid[]
      ) as given (user_id, notice_id)
      join users u on u.id = given.user_id
      where not ${isSocial && from !== null}::boolean or (
        u.id <> ${from?.id ?? null}::uuid
        and not exists (
          select from notices n where n.user_id = u.id
            and n.room_id = ${roomId}::text and n.line_seq = ${lineSeq}::bigint)
        and not exists (
          select from blocks b where b.blocker_id = u.id and b.blocked_id = ${from?.id ?? null})
        and ${noticeLimits.fromOnePersonMax}::int > (
          select count(*) from notices n
          where n.user_id = u.id and n.from_id = ${from?.id ?? null} and n.at > ${since}
            and n.kind = any(${socialNoticeKinds}::text[]))
        and (${kind}::text = 'went_live' or ${noticeLimits.fromAllMax}::int > (
          select count(*) from notices n
          where n.user_id = u.id and n.at > ${since} and n.kind in ('mention', 'reply'))))
    ), box as (
      insert into notice_boxes (user_id, head) select id, 1 from addressed order by id
      on conflict (user_id) do update set head = notice_boxes.head + 1
      returning user_id, head
    ), pruned as (
      delete from notices using box
      where notices.user_id = box.user_id and notices.seq <= box.head - ${noticeLimits.keptMax}::int
    )
    insert into notices (id, user_id, seq, kind, from_id, at, room_id, line_seq, facts)
    select addressed.notice_id, box.user_id, box.head, ${kind}, ${from?.id ?? null}::uuid,
      ${new Date(at)}, ${roomId}::text, ${lineSeq}::bigint,
      ${JSON.stringify({ ...rest, from, text: shortened(rest.text) })}::jsonb
    from box join addressed on addressed.id = box.user_id
    returning user_id`
  return rows.map((row) => row.user_id)
}

/** As the database takes it, and no longer than a notice needs. */
function shortened(text: string | null): string | null {
  if (text === null) return null
  const { textCharsMax } = noticeLimits
  const clean = text.toWellFormed().replaceAll('\0', '\ufffd')
  return clean.length <= textCharsMax
    ? clean
    : `${clean.slice(0, textCharsMax - 1)}…`.toWellFormed()
}
