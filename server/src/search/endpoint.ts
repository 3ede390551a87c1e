/** Search over HTTP: for anybody. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { found, searchLimits } from './protocol.ts'
import { search, type SearchDeps } from './search.ts'

export function searchEndpoint(deps: SearchDeps): Endpoint {
  const find = search(deps)
  return endpoint(
    {
      method: 'GET',
      path: '/v1/search',
      summary: 'Channels by handle, name and text, and live streams by title; best first.',
      auth: 'none',
      query: z.object({
        q: z.string().max(searchLimits.queryCharsMax).default(''),
        limit: z.coerce.number().int().min(1).max(searchLimits.foundMax).default(20),
      }),
      reply: found,
    },
    ({ query }) => find(query.q, query.limit),
  )
}
