/** The desk of those who decide: the queue, appeals, the audit log of the house. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import { readAppeals } from '../appeals.ts'
import { deskOf, isStaff } from '../authority.ts'
import { decideAppeal, reopenAppeal } from '../decide-appeal.ts'
import { decideFlag } from '../decide-flag.ts'
import {
  actionView,
  appealStatuses,
  appealView,
  auditQuery,
  decisionBody,
  deskLimits,
  flagView,
  pageQuery,
  queueQuery,
} from '../protocol.ts'
import { readAudit } from '../read-audit.ts'
import { readFlag, readQueue } from '../read-queue.ts'
import { reopenFlag } from '../reopen-flag.ts'
import type { DecideDeps } from '../take-measure.ts'
import { plainText } from '../../channels/protocol.ts'
import { noChannel } from './channel-endpoints.ts'
import { uuid } from '../../platform/http/ids.ts'

const notFound = { status: 404, text: 'There is no such thing for you to decide.' }
const notAllowed = { status: 403, text: 'That is for others to decide.' }
const outranked = { status: 403, text: 'You cannot do that to somebody of this role.' }
const alreadyDecided = { status: 409, text: 'Somebody decided about this already.' }
const ownDecision = { status: 403, text: 'You decided this yourself. Leave it to others.' }
const idParams = z.object({ id: uuid })

export function queueEndpoints(deps: DecideDeps): Endpoint[] {
  const { database, world } = deps
  const { sql } = database
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/moderation/queue',
        summary: 'Flags by state, newest first: of one channel for its crew, of all for staff.',
        auth: 'account',
        query: queueQuery,
        reply: z.object({
          flags: z.array(flagView),
          more: z.boolean(),
          pending: z.number().int(),
        }),
        refusals: { not_found: noChannel, not_allowed: notAllowed },
      },
      async ({ identity, query, settle }) => {
        const { channel, ...rest } = query
        const { channelId } = settle(await deskOf(sql, channel, identity))
        const { userId: readerId } = identity
        return await readQueue(sql, { ...rest, channelId, readerId, now: world.now() })
      },
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/moderation/flags/:id',
        summary: 'Decides a flag and does what was decided; settles all flags about the same.',
        auth: 'account',
        params: idParams,
        body: decisionBody,
        reply: flagView,
        refusals: {
          not_found: notFound,
          not_allowed: notAllowed,
          already_decided: alreadyDecided,
          not_possible: { status: 409, text: 'That cannot be done here, or not any more.' },
          outranked,
          already_so: { status: 409, text: 'That is so already.' },
        },
      },
      async ({ identity, params, body, settle, refuse }) => {
        settle(await decideFlag(deps, { ...body, flagId: params.id, by: identity }))
        const of = { id: params.id, isHouse: isStaff(identity), now: world.now() }
        return (await readFlag(sql, of)) ?? refuse('not_found')
      },
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/moderation/flags/:id/reopen',
        summary: 'Takes a decision of the last five minutes back, and what it did.',
        auth: 'account',
        params: idParams,
        reply: flagView,
        refusals: {
          not_found: notFound,
          outranked,
          not_possible: { status: 409, text: 'That cannot be taken back any more.' },
        },
      },
      async ({ identity, params, settle, refuse }) => {
        settle(await reopenFlag(deps, { flagId: params.id, by: identity }))
        const of = { id: params.id, isHouse: isStaff(identity), now: world.now() }
        return (await readFlag(sql, of)) ?? refuse('not_found')
      },
    ),
    ...appealDesk(deps),
    endpoint(
      {
        method: 'GET',
        path: '/v1/admin/audit',
        summary: 'Every action of moderators, administrators and the house, newest first.',
        auth: 'admin',
        query: auditQuery,
        reply: z.object({ actions: z.array(actionView), more: z.boolean() }),
      },
      ({ query }) => readAudit(sql, { ...query, channelId: null }),
    ),
  ]
}

function appealDesk(deps: DecideDeps): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/moderation/appeals',
        summary: 'Appeals by state: of one channel for its crew, of all for staff.',
        auth: 'account',
        query: z.object({
          status: z.enum(appealStatuses).default('open'),
          channel: queueQuery.shape.channel,
          ...pageQuery,
        }),
        reply: z.object({ appeals: z.array(appealView), more: z.boolean() }),
        refusals: { not_found: noChannel, not_allowed: notAllowed },
      },
      async ({ identity: reader, query, settle }) => {
        const { channel, ...rest } = query
        const { channelId } = settle(await deskOf(deps.database.sql, channel, reader))
        return await readAppeals(deps, { ...rest, reader, channelId })
      },
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/moderation/appeals/:id',
        summary: 'Decides an appeal; whoever sanctioned leaves it to others where there are any.',
        auth: 'account',
        params: idParams,
        body: z.strictObject({
          decision: z.enum(['uphold', 'lift']),
          note: plainText(deskLimits.noteCharsMax).optional(),
        }),
        reply: z.undefined(),
        refusals: {
          not_found: notFound,
          not_allowed: notAllowed,
          already_decided: alreadyDecided,
          own_decision: ownDecision,
        },
      },
      async ({ identity: by, params, body, settle }) => {
        const { decision, note } = body
        const of = { appealId: params.id, by, decision, note: note === '' ? null : (note ?? null) }
        settle(await decideAppeal(deps, of))
        return undefined
      },
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/moderation/appeals/:id/reopen',
        summary: 'Takes what was decided about an appeal in the last five minutes back.',
        auth: 'account',
        params: idParams,
        reply: z.undefined(),
        refusals: {
          not_found: notFound,
          not_allowed: notAllowed,
          own_decision: ownDecision,
          not_possible: { status: 409, text: 'That cannot be taken back any more.' },
        },
      },
      async ({ identity: by, params, settle }) => {
        settle(await reopenAppeal(deps, { appealId: params.id, by }))
        return undefined
      },
    ),
  ]
}
