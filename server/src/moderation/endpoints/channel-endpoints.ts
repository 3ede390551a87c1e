/** A channel's own desk: who runs it, what stands against whom, what was done. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import { sanctionKinds } from '@odeon/rooms/protocol'
import type { SignedIn } from '../../platform/http/endpoint.ts'
import { Refused } from '../../platform/http/refusal.ts'
import { type Door, doorOf } from '../authority.ts'
import type { ModerationDeps } from '../deps.ts'
import {
  actionView,
  auditQuery,
  crewSanctionView,
  crewView,
  decisionBody,
  handleParams,
  pageQuery,
  reason,
} from '../protocol.ts'
import { readAudit } from '../read-audit.ts'
import { readCrew } from '../read-crew.ts'
import { selectSanctions } from '../read-sanctions.ts'
import { type HouseAction, takeAtDesk } from '../take-action.ts'
import { uuid } from '../../platform/http/ids.ts'

export const noChannel = { status: 404, text: 'There is no channel with that handle.' }
export const notYours = { status: 403, text: 'Only those who run the channel may do that.' }
export const noSuchPerson = { status: 404, text: 'There is no such person.' }

const actionRefusals = {
  not_found: noChannel,
  not_allowed: notYours,
  no_such_person: noSuchPerson,
  not_yourself: { status: 409, text: 'You cannot do that to yourself.' },
  outranked: { status: 403, text: 'You cannot do that to somebody of this role.' },
  not_sanctioned: { status: 409, text: 'Nothing stands against this person here.' },
  already_so: { status: 409, text: 'That is so already.' },
  accounts_only: { status: 409, text: 'Guests cannot have that role.' },
  too_many: { status: 409, text: 'There are too many of them already.' },
} as const
type ActionRefusal = keyof typeof actionRefusals

const roleParams = z.object({
  ...handleParams.shape,
  userId: uuid,
  role: z.enum(['moderator', 'vip']),
})

type Act = Pick<HouseAction, 'kind' | 'until' | 'details'> & {
  userId: string
  reason?: string | undefined
}

/** Does what somebody of the crew asks, through the same door as the rooms. */
async function act(
  deps: ModerationDeps,
  { door, by, ...action }: Act & { door: Door; by: SignedIn },
): Promise<string | Refused<ActionRefusal>> {
  const { userId, reason: why = null, ...rest } = action
  const outcome = await takeAtDesk(deps, {
    ...rest,
    channelId: door.channelId,
    streamId: null,
    by: { id: by.userId, name: by.name, role: 'moderator' },
    target: { id: userId, name: '' },
    reason: why,
  })
  if (!('refused' in outcome)) return outcome.id
  if (outcome.refused in actionRefusals) return new Refused(outcome.refused as ActionRefusal)
  throw new Error(`an action at the desk was refused: ${outcome.refused}`)
}

export function channelDeskEndpoints(deps: ModerationDeps): Endpoint[] {
  const { sql } = deps.database
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels/:handle/crew',
        summary: 'Host, moderators and VIPs of a channel.',
        auth: 'none',
        params: handleParams,
        reply: crewView,
        refusals: { not_found: noChannel },
      },
      async ({ params, refuse }) => (await readCrew(sql, params.handle)) ?? refuse('not_found'),
    ),
    ...crewChanges(deps),
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels/:handle/audit',
        summary: 'What was done in a channel and by whom, newest first; for its crew.',
        auth: 'account',
        params: handleParams,
        query: auditQuery,
        reply: z.object({ actions: z.array(actionView), more: z.boolean() }),
        refusals: { not_found: noChannel, not_allowed: notYours },
      },
      async ({ identity, params, query, settle }) => {
        const { channelId } = settle(await doorOf(sql, params.handle, identity, 'crew'))
        return await readAudit(sql, { ...query, channelId })
      },
    ),
    ...sanctionDesk(deps),
  ]
}

function crewChanges(deps: ModerationDeps): Endpoint[] {
  const change = (method: 'PUT' | 'DELETE', kind: 'grant' | 'revoke', summary: string) =>
    endpoint(
      {
        method,
        path: '/v1/channels/:handle/crew/:userId/:role',
        summary,
        auth: 'account',
        params: roleParams,
        reply: z.undefined(),
        refusals: actionRefusals,
      },
      async ({ identity: by, params, settle }) => {
        const { handle, userId, role } = params
        const door = settle(await doorOf(deps.database.sql, handle, by, 'crew'))
        settle(await act(deps, { door, by, kind, userId, details: { role } }))
        return undefined
      },
    )
  return [
    change('PUT', 'grant', 'Makes somebody a moderator or VIP of your channel.'),
    change('DELETE', 'revoke', 'Takes that role back.'),
  ]
}

function sanctionDesk(deps: ModerationDeps): Endpoint[] {
  const { sql } = deps.database
  const path = '/v1/channels/:handle/sanctions'
  return [
    endpoint(
      {
        method: 'GET',
        path,
        summary: 'Timeouts and bans of a channel, newest first; for its crew.',
        auth: 'account',
        params: handleParams,
        query: z.object({ stands: z.stringbool().optional(), ...pageQuery }),
        reply: z.object({ sanctions: z.array(crewSanctionView), more: z.boolean() }),
        refusals: { not_found: noChannel, not_allowed: notYours },
      },
      async ({ identity, params, query, settle }) => {
        const { channelId } = settle(await doorOf(sql, params.handle, identity, 'crew'))
        const { limit, ...rest } = query
        const now = deps.world.now()
        const found = await selectSanctions(sql, { ...rest, channelId, now, limit: limit + 1 })
        const sanctions = found.slice(0, limit).map(({ view }) => view)
        return { sanctions, more: found.length > limit }
      },
    ),
    endpoint(
      {
        method: 'POST',
        path,
        summary: 'Times somebody out or bans them from chat; holds in every room of the channel.',
        auth: 'account',
        params: handleParams,
        body: z.strictObject({
          userId: uuid,
          kind: z.enum(sanctionKinds),
          seconds: decisionBody.shape.seconds,
          reason,
          purge: z.boolean().default(false),
        }),
        reply: crewSanctionView,
        status: 201,
        refusals: actionRefusals,
      },
      async ({ identity: by, params, body, settle, refuse }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'crew'))
        const { userId, kind, seconds, purge } = body
        const now = deps.world.now()
        const until = kind === 'timeout' && seconds ? { until: now + seconds * 1_000 } : {}
        const details = purge ? { purge } : {}
        const asked = { door, by, kind, userId, reason: body.reason, details, ...until }
        const id = settle(await act(deps, asked))
        const [made] = await selectSanctions(sql, { id, now, limit: 1 })
        return made?.view ?? refuse('not_found')
      },
    ),
    endpoint(
      {
        method: 'DELETE',
        path: `${path}/:userId`,
        summary: 'Lets somebody chat again in your channel.',
        auth: 'account',
        params: z.object({ ...handleParams.shape, userId: uuid }),
        reply: z.undefined(),
        refusals: actionRefusals,
      },
      async ({ identity: by, params, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'crew'))
        settle(await act(deps, { door, by, kind: 'unban', userId: params.userId }))
        return undefined
      },
    ),
  ]
}
