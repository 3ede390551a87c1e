/** Where LiveKit tells what happens: believed by its signature over the very bytes, and only so. */
import type { Logger } from '@odeon/rooms/ports'
import { WebhookReceiver } from 'livekit-server-sdk'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import type { LiveKitAddress } from './settings.ts'

export const webhookLimits = { bytesMax: 64 * 1024 } as const

export interface WebhookDeps {
  /** The LiveKit whose key signs; undefined while there is none. */
  signer(): Pick<LiveKitAddress, 'apiKey' | 'apiSecret'> | undefined
  /** Told of each body whose signature holds, also when it comes again. */
  told(body: string): void
  log: Logger
}

export function webhookEndpoint({ signer, told, log }: WebhookDeps): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/media/webhook',
      summary: 'For LiveKit: what happens in the media of rooms, signed with its key.',
      auth: 'none',
      upload: { bytesMax: webhookLimits.bytesMax, contentTypes: ['application/webhook+json'] },
      body: z.instanceof(Uint8Array),
      reply: z.undefined(),
      // Thousands of people may come at once; whoever is not LiveKit is refused at the signature.
      limit: [],
    },
    async ({ body, header, refuse }) => {
      const text = new TextDecoder().decode(body)
      const key = signer() ?? refuse('unauthenticated')
      const receiver = new WebhookReceiver(key.apiKey, key.apiSecret)
      try {
        await receiver.receive(text, header('authorization') ?? '')
      } catch (err) {
        log.warn({ err }, 'a webhook was not signed by our LiveKit')
        refuse('unauthenticated')
      }
      told(text)
      return undefined
    },
  )
}
