/** What somebody may do whose account is suspended: read why, and appeal once. */
import { TokenRefused } from '@odeon/rooms/ports'
import { z } from 'zod'
import type { AppealTokens } from '../../accounts/appeal-tokens.ts'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import { Refused } from '../../platform/http/refusal.ts'
import { readSuspension } from '../account-decisions.ts'
import { fileAppeal } from '../appeals.ts'
import type { ModerationDeps } from '../deps.ts'
import { appealBody, sanctionView } from '../protocol.ts'
import { appealRefusals } from './report-endpoints.ts'

export interface SuspensionDeps extends ModerationDeps {
  appealTokens: Pick<AppealTokens, 'verify'>
}

/** In the body, so that no log of addresses has it. */
const token = z.string().max(1_024)
const refusals = {
  appeal_token_invalid: { status: 403, text: 'Sign in again to read it.' },
  not_found: { status: 404, text: 'There is no such decision about you.' },
}

export function suspensionEndpoints(deps: SuspensionDeps): Endpoint[] {
  const { database, world, appealTokens } = deps
  const holder = async (given: string): Promise<string | Refused<'appeal_token_invalid'>> => {
    try {
      return await appealTokens.verify(given)
    } catch (error) {
      if (error instanceof TokenRefused) return new Refused('appeal_token_invalid')
      throw error
    }
  }
  const read = (userId: string) => readSuspension(database.sql, { userId, now: world.now() })
  return [
    endpoint(
      {
        method: 'POST',
        path: '/v1/suspension',
        summary: 'Your newest suspension, over or not, with what the refusal `suspended` gave you.',
        auth: 'none',
        body: z.strictObject({ token }),
        reply: sanctionView,
        refusals,
      },
      async ({ body, settle, refuse }) =>
        (await read(settle(await holder(body.token)))) ?? refuse('not_found'),
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/suspension/appeal',
        summary: 'Asks somebody else to look at your suspension, once.',
        auth: 'none',
        body: appealBody.extend({ token }),
        reply: sanctionView,
        status: 201,
        refusals: { ...refusals, ...appealRefusals },
      },
      async ({ body, settle, refuse }) => {
        const userId = settle(await holder(body.token))
        const { id: sanctionId } = (await read(userId)) ?? refuse('not_found')
        settle(await fileAppeal(deps, { userId, sanctionId, text: body.text }))
        return (await read(userId)) ?? refuse('not_found')
      },
    ),
  ]
}
