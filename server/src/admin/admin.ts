/** `/v1/admin/…`: the house as whoever runs it sees it. Reading changes nothing. */
import type { World } from '@odeon/rooms/ports'
import { z } from 'zod'
import type { Archive } from '../archive/log-archive.ts'
import type { Database } from '../platform/database.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { listRooms, type MeasuredRoom } from './list-rooms.ts'
import { listUsers } from './list-users.ts'
import { adminLimits, adminRoom, listedUser, overview, usersQuery } from './protocol.ts'
import { readOverview } from './read-overview.ts'

export interface AdminDeps {
  database: Pick<Database, 'sql'>
  world: Pick<World, 'now'>
  archive: Pick<Archive, 'stats'>
  /** The rooms open in this process. */
  rooms: { all(): readonly MeasuredRoom[] }
}

export function adminEndpoints({ database, world, archive, rooms }: AdminDeps): Endpoint[] {
  const { sql } = database
  const startedAt = world.now()
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/admin/overview',
        summary: 'What is live, what waits, who came today, how the archive does.',
        auth: 'admin',
        reply: overview,
      },
      () => {
        const open = rooms.all()
        const viewers = open.reduce((sum, { state }) => sum + viewersIn(state), 0)
        const [now, stats] = [world.now(), archive.stats()]
        const more = { rooms: listRooms(open), viewers, archive: stats }
        return readOverview({ sql, now, startedAt, ...more })
      },
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/admin/rooms',
        summary: 'The rooms open in this process now: how full, how big, how fast.',
        auth: 'admin',
        reply: z.object({ rooms: z.array(adminRoom).max(adminLimits.roomsMax) }),
      },
      () => ({ rooms: listRooms(rooms.all()) }),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/admin/users',
        summary: 'People by name, username or address, newest first.',
        auth: 'admin',
        query: usersQuery,
        reply: z.object({ users: z.array(listedUser), more: z.boolean() }),
      },
      ({ query }) => listUsers(sql, query, world.now()),
    ),
  ]
}

const viewersIn = (state: unknown): number =>
  (state as { viewerCount?: number } | undefined)?.viewerCount ?? 0
