/** People, for those who run a channel: looked up by name, and since when one follows. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import { doorOf } from '../authority.ts'
import type { ModerationDeps } from '../deps.ts'
import { crewPerson, findPeople, lookupLimits, readPerson } from '../find-people.ts'
import { handleParams } from '../protocol.ts'
import { noChannel, noSuchPerson, notYours } from './channel-endpoints.ts'
import { uuid } from '../../platform/http/ids.ts'

const refusals = { not_found: noChannel, not_allowed: notYours }

export function crewPeopleEndpoints({ database: { sql } }: ModerationDeps): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels/:handle/people',
        summary: 'Accounts by the beginning of their username or name; for the crew of a channel.',
        auth: 'account',
        // Names are public one by one; a list of them all is not to be had.
        limit: [{ limit: 'lookup' }],
        params: handleParams,
        query: z.object({
          query: z.string().trim().min(lookupLimits.queryCharsMin).max(lookupLimits.queryCharsMax),
          limit: z.coerce.number().int().min(1).max(lookupLimits.foundMax).default(8),
        }),
        reply: z.object({ people: z.array(crewPerson) }),
        refusals,
      },
      async ({ identity, params, query, settle }) => {
        const { channelId } = settle(await doorOf(sql, params.handle, identity, 'crew'))
        return { people: await findPeople(sql, { channelId, ...query }) }
      },
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels/:handle/people/:userId',
        summary: 'Somebody, and since when they follow the channel; for its crew.',
        auth: 'account',
        params: z.object({ ...handleParams.shape, userId: uuid }),
        reply: crewPerson,
        refusals: { ...refusals, no_such_person: noSuchPerson },
      },
      async ({ identity, params, settle, refuse }) => {
        const { channelId } = settle(await doorOf(sql, params.handle, identity, 'crew'))
        const { userId } = params
        return (await readPerson(sql, { channelId, userId })) ?? refuse('no_such_person')
      },
    ),
  ]
}
