/** Stripe, put together: its gateway and its webhook on one client. */
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { Gateway, ReturnPages } from './gateway.ts'
import type { StripeSettings } from './settings.ts'
import { stripeClient } from './stripe-client.ts'
import { stripeGateway } from './stripe-gateway.ts'
import { stripeWebhook, type StripeWebhookDeps } from './stripe-webhook.ts'

export interface StripeSide {
  gateway: Gateway
  webhook(deps: Omit<StripeWebhookDeps, 'client'>): Endpoint
}

export function stripeSide(settings: StripeSettings, pages: ReturnPages): StripeSide {
  const client = stripeClient(settings)
  return {
    gateway: stripeGateway(client, pages),
    webhook: (deps) => stripeWebhook({ ...deps, client }),
  }
}
