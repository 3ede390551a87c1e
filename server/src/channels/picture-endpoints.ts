/** Avatar and banner of a channel: sent as they are, shown as we draw them again. */
import { z } from 'zod'
import type { Media } from '../media/media.ts'
import { pictureRefusals, recipes, uploadTypes } from '../media/protocol.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { commonRefusals } from '../platform/http/refusal.ts'
import type { Channels } from './channels.ts'
import { handleParams, noSuchChannel, ownerOnly, pageFor } from './endpoints.ts'
import { channelPage } from './protocol.ts'

type Part = 'avatar' | 'banner'

export interface PictureDeps {
  channels: Channels
  media: Pick<Media, 'keep'>
}

export function pictureEndpoints(deps: PictureDeps): Endpoint[] {
  return (['avatar', 'banner'] as const).flatMap((part) => [put(deps, part), remove(deps, part)])
}

const refusals = { not_found: noSuchChannel, not_allowed: ownerOnly }

function put({ channels, media }: PictureDeps, part: Part): Endpoint {
  const { bytesMax, sizes } = recipes[part]
  const { width, height } = sizes.at(-1) as { width: number; height: number }
  return endpoint(
    {
      method: 'PUT',
      path: `/v1/channels/:handle/${part}`,
      summary: `The ${part} of your channel: a picture, cut to ${width} × ${height}.`,
      auth: 'account',
      params: handleParams,
      upload: { bytesMax, contentTypes: uploadTypes },
      body: z.instanceof(Uint8Array),
      refusals: { ...refusals, ...pictureRefusals, busy: commonRefusals.busy },
      reply: channelPage,
    },
    async ({ params, body, identity, settle }) => {
      const { userId } = identity
      settle(await channels.owned(params.handle, userId))
      const picture = settle(await media.keep(part, body))
      const change = { handle: params.handle, ownerId: userId, part, mediaId: picture.id }
      return pageFor(channels, settle(await channels.setPicture(change)), userId)
    },
  )
}

function remove({ channels }: PictureDeps, part: Part): Endpoint {
  return endpoint(
    {
      method: 'DELETE',
      path: `/v1/channels/:handle/${part}`,
      summary: `Takes the ${part} of your channel away.`,
      auth: 'account',
      params: handleParams,
      refusals,
      reply: channelPage,
    },
    async ({ params, identity, settle }) => {
      const { userId } = identity
      const change = { handle: params.handle, ownerId: userId, part, mediaId: null }
      return pageFor(channels, settle(await channels.setPicture(change)), userId)
    },
  )
}
