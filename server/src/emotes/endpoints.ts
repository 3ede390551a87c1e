/** Emotes of a channel over HTTP: seen by anybody, kept by its owner. */
import { z } from 'zod'
import type { Channels } from '../channels/channels.ts'
import { handleParams, noSuchChannel, ownerOnly } from '../channels/endpoints.ts'
import { pictureRefusals, recipes, uploadTypes } from '../media/protocol.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { commonRefusals } from '../platform/http/refusal.ts'
import type { Emotes } from './emotes.ts'
import { emoteCode, emoteLimits, emoteView } from './protocol.ts'

export interface EmoteDeps {
  channels: Pick<Channels, 'byHandle' | 'owned'>
  emotes: Emotes
}

const path = '/v1/channels/:handle/emotes'
const one = handleParams.extend({ code: emoteCode })
const owned = { not_found: noSuchChannel, not_allowed: ownerOnly }
const codeTaken = { status: 409, text: 'There is an emote with that code already.' }
const noSuchEmote = { status: 404, text: 'The channel has no such emote.' }

export function emoteEndpoints(deps: EmoteDeps): Endpoint[] {
  return [list(deps), add(deps), rename(deps), remove(deps)]
}

function list({ channels, emotes }: EmoteDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path,
      summary: 'Emotes that work in the chat of a channel: its own, then those of the house.',
      auth: 'none',
      params: handleParams,
      refusals: { not_found: noSuchChannel },
      reply: z.object({ emotes: z.array(emoteView) }),
    },
    async ({ params, refuse }) => {
      const channel = (await channels.byHandle(params.handle)) ?? refuse('not_found')
      return { emotes: await emotes.of(channel.id) }
    },
  )
}

function add({ channels, emotes }: EmoteDeps): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path,
      summary: 'Puts an emote into your channel: a picture, which may move.',
      auth: 'account',
      params: handleParams,
      query: z.object({ code: emoteCode }),
      upload: { bytesMax: recipes.emote.bytesMax, contentTypes: uploadTypes },
      body: z.instanceof(Uint8Array),
      refusals: {
        ...owned,
        ...pictureRefusals,
        code_taken: codeTaken,
        too_many_emotes: {
          status: 409,
          text: `A channel has at most ${emoteLimits.ownMax} emotes.`,
        },
        busy: commonRefusals.busy,
      },
      reply: emoteView,
      status: 201,
    },
    async ({ params, query, body, identity, settle }) => {
      const { id } = settle(await channels.owned(params.handle, identity.userId))
      return settle(await emotes.add({ channelId: id, code: query.code, bytes: body }))
    },
  )
}

function rename({ channels, emotes }: EmoteDeps): Endpoint {
  return endpoint(
    {
      method: 'PATCH',
      path: `${path}/:code`,
      summary: 'Gives an emote of your channel another code.',
      auth: 'account',
      params: one,
      body: z.object({ code: emoteCode }),
      refusals: { ...owned, code_taken: codeTaken, no_such_emote: noSuchEmote },
      reply: emoteView,
    },
    async ({ params, body, identity, settle }) => {
      const { id } = settle(await channels.owned(params.handle, identity.userId))
      const { code } = params
      return settle(await emotes.rename({ channelId: id, code, to: body.code }))
    },
  )
}

function remove({ channels, emotes }: EmoteDeps): Endpoint {
  return endpoint(
    {
      method: 'DELETE',
      path: `${path}/:code`,
      summary: 'Takes an emote out of your channel.',
      auth: 'account',
      params: one,
      refusals: { ...owned, no_such_emote: noSuchEmote },
      reply: z.undefined(),
    },
    async ({ params, identity, settle }) => {
      const { id } = settle(await channels.owned(params.handle, identity.userId))
      settle(await emotes.remove(id, params.code))
      return undefined
    },
  )
}
