/** `/v1/admin/…`: the house as whoever runs it sees it. Reading changes nothing. */
import type { Logger, World } from '@odeon/rooms/ports'
import { z } from 'zod'
import type { Archive } from '../archive/log-archive.ts'
import type { Database } from '../platform/database.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { Shared } from '../platform/shared.ts'
import { fullestFirst, listRooms, type MeasuredRoom } from './list-rooms.ts'
import { listUsers } from './list-users.ts'
import { adminLimits, adminRoom, listedUser, overview, usersQuery } from './protocol.ts'
import { readOverview } from './read-overview.ts'
import { roomCensus } from './room-census.ts'

export interface AdminDeps {
  database: Pick<Database, 'sql'>
  world: Pick<World, 'now' | 'newId'>
  archive: Pick<Archive, 'stats'>
  /** The rooms open in this process. */
  rooms: { here(): readonly MeasuredRoom[] }
  shared: Pick<Shared, 'presence' | 'redis'>
  log: Logger
}

export interface AdminSide {
  endpoints: Endpoint[]
  /** Answers administrators who ask another process, until the result is called. */
  listen(): () => Promise<void>
}

export function adminSide(deps: AdminDeps): AdminSide {
  const { database, world, archive, rooms, shared, log } = deps
  const { sql } = database
  const startedAt = world.now()
  const census = roomCensus({
    shared,
    log,
    newId: world.newId,
    here: () => listRooms(rooms.here()),
  })
  const everywhere = async () => fullestFirst(await census.all())
  const endpoints = [
    endpoint(
      {
        method: 'GET',
        path: '/v1/admin/overview',
        summary: 'What is live, what waits, who came today, how the archive does.',
        auth: 'admin',
        reply: overview,
      },
      async () => {
        const [now, stats] = [world.now(), archive.stats()]
        const more = { rooms: await everywhere(), archive: stats }
        return await readOverview({ sql, now, startedAt, ...more })
      },
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/admin/rooms',
        summary: 'The rooms open now in all processes: how full, how big, how fast.',
        auth: 'admin',
        reply: z.object({ rooms: z.array(adminRoom).max(adminLimits.roomsMax) }),
      },
      async () => ({ rooms: await everywhere() }),
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
  return { endpoints, listen: census.listen }
}
