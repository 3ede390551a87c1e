/** `GET /v1/streams/:id/engagement`: a stream over time, for its host and crew. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { engagementLimits } from './engagement.ts'
import type { Streams } from './streams.ts'
import { uuid } from '../platform/http/ids.ts'

const engagementPoint = z.object({
  at: z.number().describe('Unix ms at which the point begins'),
  viewers: z.number().describe('average over the point'),
  messages: z.number().int(),
  reactions: z.number().int(),
  joins: z.number().int(),
})

export function engagementEndpoint(streams: Pick<Streams, 'admit' | 'engagement'>): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/streams/:id/engagement',
      summary: 'Viewers, messages, reactions and joins over time, oldest first; a minute a point.',
      auth: 'account',
      params: z.object({ id: uuid }),
      refusals: {
        not_found: { status: 404, text: 'There is no such stream.' },
        not_crew: { status: 403, text: 'Only the host and the moderators of a stream see this.' },
      },
      reply: z.object({ points: z.array(engagementPoint).max(engagementLimits.pointsMax) }),
    },
    async ({ identity, params, refuse }) => {
      const admission = await streams.admit(params.id, identity)
      if ('refused' in admission) {
        return refuse(admission.refused === 'not_found' ? 'not_found' : 'not_crew')
      }
      if (admission.role !== 'host' && admission.role !== 'moderator') return refuse('not_crew')
      return { points: await streams.engagement(params.id) }
    },
  )
}
