/** A channel's outside reviewer over HTTP; its host alone sees and sets it. */
import { problem } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import { doorOf } from '../authority.ts'
import { handleParams } from '../protocol.ts'
import { reviewerLimits } from '../reviewer/reviewer-limits.ts'
import {
  readReviewer,
  type ReviewerDesk,
  removeReviewer,
  setReviewer,
} from '../reviewer/set-reviewer.ts'
import { noChannel, notYours } from './channel-endpoints.ts'

const { secretCharsMin, secretCharsMax, timeoutMsMin, timeoutMsMax } = reviewerLimits

const timeoutMs = z.number().int().min(timeoutMsMin).max(timeoutMsMax)
const reviewerBody = z.strictObject({
  url: z.string().max(reviewerLimits.urlCharsMax),
  /** Signs every question; leave it out to keep the one there is. */
  secret: z
    .string()
    .min(secretCharsMin, problem('too_short', { min: secretCharsMin }))
    .max(secretCharsMax)
    .regex(/^[\x21-\x7e]+$/, problem('secret'))
    .optional(),
  timeoutMs: timeoutMs.default(reviewerLimits.timeoutMsUsual),
  /** Whether lines are let through while it does not answer. */
  letsThrough: z.boolean().default(true),
})
const reviewerView = z.object({
  reviewer: z.object({ url: z.string(), timeoutMs, letsThrough: z.boolean() }).nullable(),
})

const path = '/v1/channels/:handle/reviewer'
const refusals = { not_found: noChannel, not_allowed: notYours }

export function reviewerEndpoints(deps: ReviewerDesk): Endpoint[] {
  const { sql } = deps.database
  const viewOf = async (channelId: string) => {
    const kept = await readReviewer(deps, channelId)
    if (!kept) return { reviewer: null }
    const { secret: _secret, ...reviewer } = kept
    return { reviewer }
  }
  return [
    endpoint(
      {
        method: 'GET',
        path,
        summary: 'The outside reviewer of your channel, without its secret.',
        auth: 'account',
        params: handleParams,
        reply: reviewerView,
        refusals,
      },
      async ({ identity, params, settle }) => {
        const { channelId } = settle(await doorOf(sql, params.handle, identity, 'host'))
        return await viewOf(channelId)
      },
    ),
    endpoint(
      {
        method: 'PUT',
        path,
        summary: 'Sets an https address that is asked about every line of your channel.',
        auth: 'account',
        params: handleParams,
        body: reviewerBody,
        reply: reviewerView,
        refusals: {
          ...refusals,
          address_refused: {
            status: 422,
            text: 'Use a public https address, without a name and password in it.',
          },
          secret_needed: { status: 422, text: 'Choose a secret, so that it can trust us.' },
        },
      },
      async ({ identity: by, params, body, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'host'))
        settle(await setReviewer(deps, { door, by, change: body }))
        return await viewOf(door.channelId)
      },
    ),
    endpoint(
      {
        method: 'DELETE',
        path,
        summary: 'Asks nobody outside any more.',
        auth: 'account',
        params: handleParams,
        reply: z.undefined(),
        refusals,
      },
      async ({ identity: by, params, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'host'))
        await removeReviewer(deps, { door, by })
        return undefined
      },
    ),
    endpoint(
      {
        method: 'POST',
        path: `${path}/probe`,
        summary: 'Asks your reviewer about a made-up line and says what came of it.',
        auth: 'account',
        params: handleParams,
        reply: z.object({
          outcome: z.enum(['allow', 'deny', 'rewrite', 'away']),
          tookMs: z.number(),
        }),
        refusals: { ...refusals, no_reviewer: { status: 404, text: 'There is no reviewer yet.' } },
      },
      async ({ identity, params, settle, refuse }) => {
        const { channelId } = settle(await doorOf(sql, params.handle, identity, 'host'))
        const settings = (await readReviewer(deps, channelId)) ?? refuse('no_reviewer')
        return await deps.reviewer.probe(settings)
      },
    ),
  ]
}
