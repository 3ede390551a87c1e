/** Pages of a stream's log over HTTP: for those who scroll back, and after the stream has ended. */
import { liveRoomId } from '@odeon/rooms'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { Streams } from '../streams/streams.ts'
import { archiveLimits } from './limits.ts'
import type { Archive } from './log-archive.ts'
import { uuid } from '../platform/http/ids.ts'

const logEntry = z.looseObject({ type: z.string(), seq: z.number(), at: z.number() })

export function archiveEndpoints(deps: {
  archive: Pick<Archive, 'page'>
  streams: Pick<Streams, 'find' | 'shown'>
}): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/streams/:id/log',
        summary:
          "A page of a stream's log, oldest entry first. Numbers may jump where a crash was.",
        auth: 'optional',
        params: z.object({ id: uuid }),
        query: z.object({
          before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
          limit: z.coerce.number().int().min(1).max(archiveLimits.pageMax).default(50),
        }),
        refusals: { not_found: { status: 404, text: 'There is no such stream.' } },
        reply: z.object({ entries: z.array(logEntry), more: z.boolean() }),
      },
      async ({ params, query, identity, refuse }) => {
        // Staff judge what was said there, whatever became of its host.
        const isStaff = ['moderator', 'admin'].includes(identity?.platformRole ?? '')
        const { streams } = deps
        const stream = isStaff ? await streams.find(params.id) : await streams.shown(params.id)
        if (stream === null) refuse('not_found')
        const { records, more } = await deps.archive.page(liveRoomId(params.id), query)
        return { entries: records.map(({ type, entry }) => ({ ...entry, type })), more }
      },
    ),
  ]
}
