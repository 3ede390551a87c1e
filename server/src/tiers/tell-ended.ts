/** Tells people that their tier is over, each once. It is over without it: reading says so. */
import type { NoticeDesk } from '../notices/notices.ts'
import type { Database } from '../platform/database.ts'

export interface EndedDeps {
  database: Pick<Database, 'transaction'>
  notices: Pick<NoticeDesk, 'postIn'>
  now: () => number
  /** Whoever shows the tier of these people looks again. */
  changed: (userIds: readonly string[]) => void
}

export const endedLimits = { toldAtOnceMax: 200 } as const

/** Answers how many terms were over. */
export async function tellEnded({ database, notices, now, changed }: EndedDeps): Promise<number> {
  let count = 0
  for (;;) {
    const at = new Date(now())
    const { over, tell } = await database.transaction(async (sql) => {
      const rows = await sql<{ user_id: string; level: number | null }>`
        with ended as (
          select transfer_id from og_terms where ends_at <= ${at} and told_at is null
          order by ends_at limit ${endedLimits.toldAtOnceMax} for update skip locked
        ), told as (
          update og_terms o set told_at = ${at} from ended
          where o.transfer_id = ended.transfer_id returning o.user_id
        )
        select told.user_id, held.level from told
        left join lateral og_tier_at(told.user_id, ${at}) held on true`
      // Whoever had it prolonged, or has another by now, goes on.
      const without = rows.filter(({ level }) => level === null).map((row) => row.user_id)
      const notice = { ...nothing, kind: 'og_ended' as const, path: '/og' }
      return { over: rows, tell: await notices.postIn(sql, [...new Set(without)], notice) }
    })
    if (over.length === 0) return count
    tell()
    changed([...new Set(over.map((row) => row.user_id))])
    count += over.length
  }
}

const nothing = { channel: null, from: null, text: null, sanctionId: null, until: null }
