/** Payments, put together: the gateways that are set, endpoints, what is done now and then. */
import type { CoinPack } from '@odeon/rooms'
import type { Ledger, Logger, World } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import type { NoticeDesk } from '../notices/notices.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { paymentEndpoints } from './endpoints.ts'
import { esewaGateway } from './esewa-gateway.ts'
import { type Gateway, returnPages } from './gateway.ts'
import { khaltiGateway } from './khalti-gateway.ts'
import { housePacks } from './packs.ts'
import { paymentMeter } from './payment-meter.ts'
import { type Payments, payments } from './payments.ts'
import { keepPaymentsSettled } from './reconcile.ts'
import { esewaReturn, khaltiReturn, returnPaths } from './return-endpoints.ts'
import { sandboxEndpoint } from './sandbox-endpoint.ts'
import { sandboxGateway } from './sandbox-gateway.ts'
import type { PaymentSettings } from './settings.ts'
import { stripeSide } from './stripe-side.ts'

export interface PaymentSideDeps extends Pick<World, 'now' | 'newId'> {
  settings: PaymentSettings
  /** Where people come back to; no slash at the end. */
  publicUrl: string
  database: Pick<Database, 'sql' | 'transaction'>
  ledger: Ledger
  notices: Pick<NoticeDesk, 'postIn'>
  log: Logger
  registry?: Registry | undefined
  /** What is sold; the house's own list unless told. */
  packs?: readonly CoinPack[]
}

export interface PaymentSide {
  payments: Payments
  endpoints: Endpoint[]
  /** Hosts to which pages send a form to pay. */
  formOrigins: string[]
  /** Asks about payments that nobody tells of, until the result is called; in one process. */
  keep(): () => Promise<void>
}

export function paymentSide(deps: PaymentSideDeps): PaymentSide {
  const { settings, publicUrl, database, log, now } = deps
  const { sql } = database
  const pages = returnPages(publicUrl)
  const stripe = settings.stripe && stripeSide(settings.stripe, pages)
  const { esewa, khalti } = settings
  const sandbox = settings.sandbox ? sandboxGateway(sql) : undefined
  const khaltiPlace = { backTo: `${publicUrl}${returnPaths.khalti}`, websiteUrl: publicUrl }
  const given: (Gateway | undefined)[] = [
    esewa && esewaGateway(esewa, { backTo: `${publicUrl}${returnPaths.esewa}`, pages }),
    khalti && khaltiGateway(khalti, khaltiPlace),
    stripe?.gateway,
    sandbox,
  ]
  const gateways = given.filter((one) => one !== undefined)
  const meter = paymentMeter(deps.registry)
  const all = payments({ packs: housePacks, ...deps, sql, meter, gateways })
  const returning = { payments: all, pages, meter }
  return {
    payments: all,
    endpoints: [
      ...paymentEndpoints(all),
      ...(esewa ? [esewaReturn(returning, esewa)] : []),
      ...(khalti ? [khaltiReturn(returning)] : []),
      ...(stripe ? [stripe.webhook({ ...all, sql, meter, now, log })] : []),
      ...(sandbox ? [sandboxEndpoint(all, sandbox)] : []),
    ],
    formOrigins: gateways.flatMap(({ formOrigin }) => formOrigin ?? []),
    keep: () => keepPaymentsSettled({ sql, payments: all, now, log }),
  }
}
