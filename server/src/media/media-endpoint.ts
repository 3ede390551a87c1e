/** Serves pictures: for ever the same under one name, and never as anything but a picture. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { BytesReply } from '../platform/http/send-reply.ts'
import type { Media } from './media.ts'
import { pictureName } from './protocol.ts'

const noSuchPicture = { status: 404, text: 'There is no such picture.' }

export function mediaEndpoint(media: Pick<Media, 'read'>): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/media/:name',
      summary: 'A picture: `<id>-<width>.webp`. It never changes.',
      auth: 'none',
      params: z.object({ name: pictureName }),
      refusals: { not_found: noSuchPicture },
      produces: 'image/webp',
      reply: z.instanceof(BytesReply),
      // A page shows many at once; they are small, and browsers keep them.
      limit: [],
    },
    async ({ params, header, refuse }) => {
      const etag = `"${params.name}"`
      const bytes = (await media.read(params.name)) ?? refuse('not_found')
      const isKnown = header('if-none-match')?.split(/,\s*/).includes(etag) ?? false
      return new BytesReply(isKnown ? null : bytes, {
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        etag,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
      })
    },
  )
}
