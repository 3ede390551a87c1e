/** Stripe's library, with time-outs, and with errors that hold neither keys nor bodies. */
import { Stripe } from 'stripe'
import { GatewayUnavailable } from './gateway.ts'
import { paymentBounds } from './limits.ts'
import type { StripeSettings } from './settings.ts'

export type RetrieveSession = Awaited<ReturnType<Stripe['checkout']['sessions']['retrieve']>>

export interface StripeClient {
  /** Rejects with `GatewayUnavailable` alone. */
  ask<T>(question: (stripe: Stripe) => Promise<T>): Promise<T>
  /** What Stripe signed, over the very bytes; throws on anything else. */
  signed(body: Uint8Array, signature: string, at: number): unknown
}

export function stripeClient({ secretKey, webhookSecret, url }: StripeSettings): StripeClient {
  const stripe = new Stripe(secretKey, {
    timeout: paymentBounds.answerMs,
    maxNetworkRetries: 1,
    telemetry: false,
    ...(url !== undefined && placeOf(url)),
  })
  return {
    async ask(question) {
      try {
        return await question(stripe)
      } catch (error) {
        throw new GatewayUnavailable(whyOf(error))
      }
    },
    signed: (body, signature, at) =>
      stripe.webhooks.constructEvent(
        Buffer.from(body),
        signature,
        webhookSecret,
        paymentBounds.toleranceSeconds,
        undefined,
        at,
      ),
  }
}

function placeOf(url: string) {
  const { hostname, port, protocol } = new URL(url)
  const isPlain = protocol === 'http:'
  const byDefault = isPlain ? 80 : 443
  return {
    host: hostname,
    port: port === '' ? byDefault : Number(port),
    protocol: isPlain ? ('http' as const) : ('https' as const),
  }
}

/** Its message may repeat what we sent; type, code and status say enough. */
function whyOf(error: unknown): string {
  if (!(error instanceof Stripe.errors.StripeError)) return 'Stripe does not answer'
  const { type, code, statusCode } = error
  return ['Stripe:', type, code, statusCode].filter((part) => part !== undefined).join(' ')
}
