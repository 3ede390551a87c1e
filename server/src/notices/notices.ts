/**
 * In-app notices (NOTIF-15, 17) in PostgreSQL: the `Notices` port for whoever has something to
 * tell, the `NoticeBox` port for personal rooms, pages for HTTP.
 */
import { chatLimits, noticeLimits, type Notice, type NoticeKind } from '@odeon/rooms'
import type { Logger, NoticeBox, Notices, NumberedNotice } from '@odeon/rooms/ports'
import { validate as isUuid } from 'uuid'
import type { Presence } from '../lobby/directory.ts'
import type { Database, Sql } from '../platform/database.ts'
import { type NewNotice, postNotices } from './post-notices.ts'
import { noticeSignals } from './signals.ts'

export const deskLimits = {
  /** People told by one statement. */
  toldAtOnceMax: 500,
  forgottenAtOnceMax: 5_000,
} as const

export interface NoticeDesk extends Notices {
  readonly box: NoticeBox
  /** The same for many, each person once; in statements of bounded size. */
  notifyAll(userIds: Iterable<string>, notice: NewNotice): Promise<void>
  /** In a transaction, at most `toldAtOnceMax` people; call the result after its commit. */
  postIn(sql: Sql, userIds: readonly string[], notice: NewNotice): Promise<() => void>
  /** Newest first; `before` is the id of the last one of the page before. */
  page(
    userId: string,
    query: { before?: string | undefined; limit: number },
  ): Promise<{ notices: Notice[]; more: boolean; unread: number }>
  /** Removes what is older than notices are kept. Answers how many those were. */
  forgetOld(): Promise<number>
}

export interface NoticeDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  presence: Presence
  now: () => number
  newId: () => string
  log: Logger
}

export function noticeDesk(deps: NoticeDeps): NoticeDesk {
  const { now, newId } = deps
  const { sql, transaction } = deps.database
  const signals = noticeSignals(deps.presence, deps.log)

  const postIn: NoticeDesk['postIn'] = async (tx, userIds, notice) => {
    const to = userIds.map((userId) => ({ userId, noticeId: newId() }))
    const told = await postNotices(tx, { to, notice, at: now() })
    return () => told.forEach((userId) => signals.tell(userId, { kind: 'posted' }))
  }

  const notifyAll = async (userIds: Iterable<string>, notice: NewNotice) => {
    const left = [...new Set(userIds)].filter((userId) => isUuid(userId))
    while (left.length > 0) {
      const some = left.splice(0, deskLimits.toldAtOnceMax)
      const tell = await transaction((tx) => postIn(tx, some, notice))
      tell()
    }
  }

  const unread = (userId: string) => countUnread(sql, userId, now())

  return {
    notifyAll,
    postIn,
    notify: (userId, notice) => notifyAll([userId], notice),

    async mention(names, notice) {
      const wanted = [...new Set(names.map((name) => name.toLowerCase()))]
      const found = await sql<{ id: string }>`
        select id from users
        where username = any(${wanted.slice(0, chatLimits.mentionsMax)}::text[])`
      await notifyAll(
        found.map(({ id }) => id),
        notice,
      )
    },

    async page(userId, { before, limit }) {
      const rows = await sql<Row>`
        select seq, id, kind, facts, extract(epoch from at) * 1000 as at,
          extract(epoch from read_at) * 1000 as read_at, exists (select from log_entries l
            where l.room_id = n.room_id and l.seq = n.line_seq and l.entry ? 'removed') as is_gone
        from notices n
        where user_id = ${userId} and at > ${keptSince(now())}
          and (${before === undefined}::boolean or seq < (
            select seq from notices where user_id = ${userId} and id = ${before ?? null}))
        order by seq desc limit ${limit + 1}`
      const notices = rows.slice(0, limit).map((row) => numbered(row).notice)
      return { notices, more: rows.length > limit, unread: await unread(userId) }
    },

    async forgetOld() {
      const gone = await sql`
        delete from notices where id in (
          select id from notices where at < ${keptSince(now())}
          order by at limit ${deskLimits.forgottenAtOnceMax})
        returning id`
      return gone.length
    },

    box: {
      ...boxReads(sql, now),
      unread,
      subscribe: (userId, listener) => signals.subscribe(userId, listener),

      async read(userId, id) {
        const at = now()
        if (id !== undefined && !isUuid(id)) return { unread: await unread(userId) }
        const changed = await sql`
          update notices set read_at = ${new Date(at)}
          where user_id = ${userId} and read_at is null
            and (${id === undefined}::boolean or id = ${id ?? null})
          returning id`
        if (changed.length > 0) signals.tell(userId, { kind: 'read', id: id ?? null, at })
        return { unread: await unread(userId) }
      },
    },
  }
}

interface Row {
  seq: string
  id: string
  kind: NoticeKind
  facts: Pick<Notice, 'channel' | 'from' | 'text' | 'path' | 'sanctionId' | 'until'>
  at: string
  read_at: string | null
  /** The line it is about was taken out. */
  is_gone: boolean
}

function numbered({ seq, id, kind, facts, at, read_at: readAt, ...row }: Row): NumberedNotice {
  const text = row.is_gone ? null : facts.text
  const times = { at: Math.round(Number(at)), readAt: readAt && Math.round(Number(readAt)) }
  return { seq: Number(seq), notice: { id, kind, ...facts, text, ...times } as Notice }
}

const keptSince = (now: number) => new Date(now - noticeLimits.keptForMs)

async function countUnread(sql: Sql, userId: string, now: number): Promise<number> {
  const [row] = await sql<{ unread: string }>`
    select count(*) as unread from notices
    where user_id = ${userId} and read_at is null and at > ${keptSince(now)}`
  return Number(row?.unread ?? 0)
}

function boxReads(sql: Sql, now: () => number): Pick<NoticeBox, 'open' | 'after' | 'tail'> {
  return {
    async open(userId) {
      if (!isUuid(userId)) return null
      const [row] = await sql<{ head: string }>`
        select coalesce(box.head, 0) as head
        from users left join notice_boxes box on box.user_id = users.id
        where users.id = ${userId} and users.suspended_at is null`
      return row ? { head: Number(row.head), unread: await countUnread(sql, userId, now()) } : null
    },

    async after(userId, seq, limit) {
      const rows = await sql<Row>`
        select seq, id, kind, facts, extract(epoch from at) * 1000 as at,
          extract(epoch from read_at) * 1000 as read_at, exists (select from log_entries l
            where l.room_id = n.room_id and l.seq = n.line_seq and l.entry ? 'removed') as is_gone
        from notices n where user_id = ${userId} and seq > ${seq} order by seq limit ${limit}`
      return rows.map(numbered)
    },

    async tail(userId, limit) {
      const rows = await sql<Row>`
        select seq, id, kind, facts, extract(epoch from at) * 1000 as at,
          extract(epoch from read_at) * 1000 as read_at, exists (select from log_entries l
            where l.room_id = n.room_id and l.seq = n.line_seq and l.entry ? 'removed') as is_gone
        from notices n where user_id = ${userId} and at > ${keptSince(now())}
        order by seq desc limit ${limit}`
      return rows.map(numbered).toReversed()
    },
  }
}
