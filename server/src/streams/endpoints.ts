/** Streams over HTTP: made by accounts, seen by anybody. Entering one is a seat, not a page. */
import { streamPhases } from '@odeon/rooms/protocol'
import { z } from 'zod'
import type { Channels } from '../channels/channels.ts'
import { handleParams, noSuchChannel } from '../channels/endpoints.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { engagementEndpoint } from './engagement-endpoint.ts'
import { newStream, streamLimits, streamView } from './protocol.ts'
import type { Streams } from './streams.ts'
import { uuid } from '../platform/http/ids.ts'

export function streamEndpoints(
  streams: Streams,
  channels: Pick<Channels, 'byHandle'>,
): Endpoint[] {
  return [
    endpoint(
      {
        method: 'POST',
        path: '/v1/streams',
        summary: 'Makes a stream on your channel; it is pending until you start it in its room.',
        auth: 'account',
        body: newStream,
        refusals: { not_allowed: { status: 403, text: 'This account may not make streams.' } },
        reply: streamView,
        status: 201,
      },
      async ({ identity, body, settle }) => settle(await streams.create(identity.userId, body)),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/streams',
        summary: 'Streams, newest first.',
        auth: 'none',
        query: z.object({
          phase: z.enum(streamPhases).optional(),
          channel: handleParams.shape.handle.optional(),
          before: uuid.optional(),
          limit: z.coerce.number().int().min(1).max(streamLimits.pageMax).default(50),
        }),
        reply: z.object({ streams: z.array(streamView), more: z.boolean() }),
      },
      ({ query }) => streams.page(query),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/streams/:id',
        summary: 'One stream; what it came to once it has ended.',
        auth: 'none',
        params: z.object({ id: uuid }),
        refusals: { not_found: { status: 404, text: 'There is no such stream.' } },
        reply: streamView,
      },
      async ({ params, refuse }) => (await streams.get(params.id)) ?? refuse('not_found'),
    ),
    engagementEndpoint(streams),
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels/:handle/streams',
        summary: 'Streams of a channel that have ended, newest first, with their numbers.',
        auth: 'none',
        params: handleParams,
        query: z.object({
          before: uuid.optional(),
          limit: z.coerce.number().int().min(1).max(streamLimits.pageMax).default(50),
        }),
        refusals: { not_found: noSuchChannel },
        reply: z.object({ streams: z.array(streamView), more: z.boolean() }),
      },
      async ({ params, query, refuse }) => {
        const { handle } = (await channels.byHandle(params.handle)) ?? refuse('not_found')
        return streams.page({ ...query, channel: handle, phase: 'ended' })
      },
    ),
  ]
}
