/** Channels over HTTP: read by anybody, changed by their owner. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { Channels } from './channels.ts'
import { channelChange, channelLimits, channelView } from './protocol.ts'

// PostgreSQL takes any text but NUL.
const noNul = (text: string) => !text.includes('\0')
const handle = z.object({ handle: z.string().min(1).max(40).refine(noNul) })
const noSuchChannel = { status: 404, text: 'There is no channel with that handle.' }

export function channelEndpoints(channels: Channels): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels',
        summary: 'Channels, newest first.',
        auth: 'none',
        query: z.object({
          before: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(channelLimits.pageMax).default(50),
        }),
        reply: z.object({ channels: z.array(channelView), more: z.boolean() }),
      },
      ({ query }) => channels.page(query),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels/:handle',
        summary: 'One channel.',
        auth: 'none',
        params: handle,
        refusals: { not_found: noSuchChannel },
        reply: channelView,
      },
      async ({ params, refuse }) => (await channels.byHandle(params.handle)) ?? refuse('not_found'),
    ),
    endpoint(
      {
        method: 'PATCH',
        path: '/v1/channels/:handle',
        summary: 'Changes your channel. Fields left out stay as they are; null empties one.',
        auth: 'account',
        params: handle,
        body: channelChange,
        refusals: {
          not_found: noSuchChannel,
          not_allowed: { status: 403, text: 'Only its owner may change a channel.' },
        },
        reply: channelView,
      },
      async ({ params, body, identity, settle }) =>
        settle(
          await channels.update({
            handle: params.handle,
            ownerId: identity.userId,
            change: body,
          }),
        ),
    ),
  ]
}
