/** Where LiveKit tells what happens: believed by its signature over the very bytes, and only so. */
import type { Logger } from '@odeon/rooms/ports'
import { TokenVerifier, WebhookReceiver } from 'livekit-server-sdk'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import { Strangers } from '../../platform/http/strangers.ts'
import type { MediaMeter } from './media-meter.ts'
import type { LiveKitAddress } from './settings.ts'

export const webhookLimits = { bytesMax: 64 * 1024 } as const

export interface WebhookDeps {
  /** The LiveKit whose key signs; undefined while there is none. */
  signer(): Pick<LiveKitAddress, 'apiKey' | 'apiSecret'> | undefined
  /** Told of each body whose signature holds, also when it comes again. */
  told(body: string): void
  /** A telling of LiveKit was too large to be read. */
  unheard(): void
  meter: Pick<MediaMeter, 'telling'>
  log: Logger
}

export function webhookEndpoint(deps: WebhookDeps): Endpoint {
  const { signer, told, meter, log } = deps
  const strangers = new Strangers(log, 'LiveKit')
  return endpoint(
    {
      method: 'POST',
      path: '/v1/media/webhook',
      summary: 'For LiveKit: what happens in the media of rooms, signed with its key.',
      auth: 'none',
      upload: {
        bytesMax: webhookLimits.bytesMax,
        contentTypes: ['application/webhook+json'],
        tooLarge: (authorization) => void tooLarge(authorization, deps),
      },
      body: z.instanceof(Uint8Array),
      reply: z.undefined(),
      // Thousands of people may come at once. Whoever is not LiveKit is refused at the signature
      // and counted there, for LiveKit may be behind the same address.
      limit: [],
    },
    async ({ body, header, ip, refuse }) => {
      const refuseStranger = (err: unknown): never => {
        meter.telling('refused')
        const retryAfterMs = strangers.failed(ip, err)
        return retryAfterMs > 0
          ? refuse('rate_limited', { retryAfterMs })
          : refuse('unauthenticated')
      }
      const text = new TextDecoder().decode(body)
      const key = signer() ?? refuseStranger(new Error('there is no LiveKit'))
      const receiver = new WebhookReceiver(key.apiKey, key.apiSecret)
      try {
        await receiver.receive(text, header('authorization') ?? '')
      } catch (err) {
        refuseStranger(err)
      }
      meter.telling('heard')
      told(text)
      return undefined
    },
  )
}

/** The signature holds without the body; its hash says that a telling was signed, and no ticket. */
async function tooLarge(
  authorization: string | undefined,
  { signer, unheard, meter }: WebhookDeps,
): Promise<void> {
  const key = signer()
  const claims =
    key &&
    (await new TokenVerifier(key.apiKey, key.apiSecret)
      .verify(authorization ?? '')
      .catch(() => undefined))
  if (!claims?.sha256) return meter.telling('refused')
  meter.telling('too_large')
  unheard()
}
