/** Channels over HTTP: read by anybody, followed by accounts, changed by their owner. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { Channels } from './channels.ts'
import {
  category,
  channelChange,
  channelLimits,
  channelPage,
  channelView,
  type ChannelView,
  country,
  followStanding,
  language,
} from './protocol.ts'
import { uuid } from '../platform/http/ids.ts'

// PostgreSQL takes any text but NUL.
const noNul = (text: string) => !text.includes('\0')
export const handleParams = z.object({ handle: z.string().min(1).max(40).refine(noNul) })
export const noSuchChannel = { status: 404, text: 'There is no channel with that handle.' }

export const ownerOnly = { status: 403, text: 'Only its owner may change a channel.' }

/** A channel as this person sees it. */
export async function pageFor(
  { follows }: Pick<Channels, 'follows'>,
  channel: ChannelView,
  viewerId: string | undefined,
) {
  const followedAt = viewerId === undefined ? null : await follows.since(channel.id, viewerId)
  return { ...channel, isFollowing: followedAt !== null, followedAt }
}

export function channelEndpoints(channels: Channels): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels',
        summary: 'Channels, newest first.',
        auth: 'none',
        query: z.object({
          category: category.optional(),
          language: language.optional(),
          country: country.optional(),
          before: uuid.optional(),
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
        summary: 'One channel, and since when you follow it.',
        auth: 'optional',
        params: handleParams,
        refusals: { not_found: noSuchChannel },
        reply: channelPage,
      },
      async ({ params, identity, refuse }) => {
        const found = (await channels.byHandle(params.handle)) ?? refuse('not_found')
        return pageFor(channels, found, identity?.userId)
      },
    ),
    endpoint(
      {
        method: 'PATCH',
        path: '/v1/channels/:handle',
        summary: 'Changes your channel. Fields left out stay as they are; null empties one.',
        auth: 'account',
        params: handleParams,
        body: channelChange,
        refusals: { not_found: noSuchChannel, not_allowed: ownerOnly },
        reply: channelPage,
      },
      async ({ params, body, identity, settle }) => {
        const { userId } = identity
        const { handle } = params
        const changed = settle(await channels.update({ handle, ownerId: userId, change: body }))
        return pageFor(channels, changed, userId)
      },
    ),
    ...followEndpoints(channels),
  ]
}

function followEndpoints({ follows }: Channels): Endpoint[] {
  return [
    endpoint(
      {
        method: 'POST',
        path: '/v1/channels/:handle/follow',
        summary: 'Follows a channel. Again changes nothing.',
        auth: 'account',
        params: handleParams,
        refusals: {
          not_found: noSuchChannel,
          own_channel: { status: 409, text: 'You cannot follow your own channel.' },
          blocked: { status: 403, text: 'You cannot follow this channel.' },
          too_many_follows: {
            status: 409,
            text: `You can follow at most ${channelLimits.followingMax} channels.`,
          },
        },
        reply: followStanding,
      },
      async ({ params, identity, settle }) =>
        settle(await follows.follow(params.handle, identity.userId)),
    ),
    endpoint(
      {
        method: 'DELETE',
        path: '/v1/channels/:handle/follow',
        summary: 'Follows a channel no longer. Following again starts the time anew.',
        auth: 'account',
        params: handleParams,
        refusals: { not_found: noSuchChannel },
        reply: followStanding,
      },
      async ({ params, identity, settle }) =>
        settle(await follows.unfollow(params.handle, identity.userId)),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/me/following',
        summary: 'Channels you follow: live ones first, then by the time of the follow.',
        auth: 'account',
        query: z.object({
          before: z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional(),
          limit: z.coerce.number().int().min(1).max(channelLimits.pageMax).default(50),
        }),
        reply: z.object({
          channels: z.array(channelPage.extend({ followedAt: z.number() })),
        }),
      },
      async ({ query, identity }) => ({ channels: await follows.of(identity.userId, query) }),
    ),
  ]
}
