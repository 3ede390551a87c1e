/** The house in numbers: what is live, what waits, who came today, how the archive does. */
import type { ArchiveStats } from '../archive/log-archive.ts'
import type { Sql } from '../platform/database.ts'
import type { AdminRoom, Overview } from './protocol.ts'

interface Counts {
  streams: number
  flags: number
  appeals: number
  accounts: number
  suspended: number
  signups: number
  guests: number
}

export interface OverviewOptions {
  sql: Sql
  now: number
  startedAt: number
  rooms: readonly AdminRoom[]
  archive: ArchiveStats
}

const dayMs = 24 * 3600_000

export async function readOverview(options: OverviewOptions): Promise<Overview> {
  const { sql, now, startedAt, rooms, archive } = options
  const midnight = new Date(now - (now % dayMs))
  const [found] = await sql<Counts>`
    select
      (select count(*)::int from streams where phase = 'live') as streams,
      (select count(*)::int from flags where status = 'pending') as flags,
      (select count(*)::int from appeals where status = 'open') as appeals,
      (select count(*)::int from users where kind = 'account') as accounts,
      (select count(*)::int from users where suspended_at is not null) as suspended,
      (select count(*)::int from users
        where kind = 'account' and created_at >= ${midnight}) as signups,
      (select count(*)::int from users
        where kind = 'guest' and created_at >= ${midnight}) as guests`
  if (!found) throw new Error('a select without a condition gave no row')
  return {
    at: now,
    live: {
      streams: found.streams,
      rooms: rooms.length,
      clients: rooms.reduce((sum, { clients }) => sum + clients, 0),
      viewers: rooms.reduce((sum, { viewers }) => sum + viewers, 0),
    },
    queues: { flags: found.flags, appeals: found.appeals },
    people: {
      accounts: found.accounts,
      suspended: found.suspended,
      signupsToday: found.signups,
      guestsToday: found.guests,
    },
    archive: {
      queued: archive.queued,
      stored: archive.stored,
      givenUp: archive.givenUp,
      failingSince: archive.failingSince || null,
    },
    process: { startedAt, memoryBytes: process.memoryUsage.rss() },
  }
}
