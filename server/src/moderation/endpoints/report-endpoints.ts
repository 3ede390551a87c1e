/** What people do who are no crew: report, read what stands against them, appeal. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import { fileAppeal } from '../appeals.ts'
import type { DecideDeps } from '../take-measure.ts'
import { fileReport, type ReportDeps } from '../file-report.ts'
import { appealBody, deskLimits, reportBody, sanctionView } from '../protocol.ts'
import { ownView, selectSanctions } from '../read-sanctions.ts'
import { uuid } from '../../platform/http/ids.ts'

export const appealRefusals = {
  not_found: { status: 404, text: 'There is no such decision about you.' },
  already_appealed: { status: 409, text: 'You appealed against this already.' },
  not_standing: { status: 409, text: 'This is over; there is nothing to appeal.' },
}

export function reportEndpoints(deps: DecideDeps & ReportDeps): Endpoint[] {
  const { database, world } = deps
  const own = (userId: string, id?: string) =>
    selectSanctions(database.sql, {
      userId,
      now: world.now(),
      limit: deskLimits.ownSanctionsMax,
      ...(id !== undefined && { id }),
    })
  return [
    endpoint(
      {
        method: 'POST',
        path: '/v1/reports',
        summary: 'Reports a person, a stream, a chat line or the page of a channel; once each.',
        auth: 'user',
        body: reportBody,
        reply: z.object({ id: uuid }),
        status: 201,
        refusals: {
          not_found: { status: 404, text: 'That is not here any more.' },
          not_yourself: { status: 409, text: 'You cannot report yourself.' },
          already_reported: { status: 409, text: 'You reported that already. Thank you.' },
          too_many_reports: { status: 429, text: 'That is enough for today. Come back tomorrow.' },
        },
      },
      async ({ identity, body, settle }) => settle(await fileReport(deps, identity.userId, body)),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/me/sanctions',
        summary: 'What was decided against you, newest first, over or not.',
        auth: 'user',
        reply: z.object({ sanctions: z.array(sanctionView) }),
      },
      async ({ identity }) => ({ sanctions: (await own(identity.userId)).map(ownView) }),
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/me/sanctions/:id/appeal',
        summary: 'Asks somebody else to look at a decision, once.',
        auth: 'user',
        params: z.object({ id: uuid }),
        body: appealBody,
        reply: sanctionView,
        status: 201,
        refusals: appealRefusals,
      },
      async ({ identity, params, body, settle, refuse }) => {
        const { userId } = identity
        settle(await fileAppeal(deps, { userId, sanctionId: params.id, text: body.text }))
        const [appealed] = await own(userId, params.id)
        return appealed ? ownView(appealed) : refuse('not_found')
      },
    ),
  ]
}
