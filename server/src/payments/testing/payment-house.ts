/** A whole server that sells coins at stand-ins for all gateways, for tests from outside. */
import type { PaymentView, PayWay } from '@odeon/rooms'
import { expect } from 'vitest'
import { type Database, openDatabase } from '../../platform/database.ts'
import { type Person, startTestServer } from '../../platform/testing/test-server.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { verifyLedger } from '../../wallet/verify-ledger.ts'
import { balanceOf } from '../../wallet/testing/wallet-people.ts'
import type { PaymentSettings } from '../settings.ts'
import { esewaKeys, standInEsewa } from './stand-in-esewa.ts'
import { khaltiKeys, standInKhalti } from './stand-in-khalti.ts'
import { signedEvent, standInStripe, stripeKeys } from './stand-in-stripe.ts'

/** For payments without a house: nobody reads what people are told. */
export const noNotices = { postIn: () => Promise.resolve(() => undefined) }

export interface Begun {
  payment: PaymentView
  way: PayWay | null
}

export async function gatewaysForTests() {
  const [stripe, esewa, khalti] = [
    await standInStripe(),
    await standInEsewa(),
    await standInKhalti(),
  ]
  const settings: PaymentSettings = {
    stripe: { ...stripeKeys, url: stripe.standIn.url },
    esewa: { ...esewaKeys, url: esewa.standIn.url, statusUrl: esewa.standIn.url },
    khalti: { ...khaltiKeys, url: khalti.standIn.url },
    sandbox: true,
  }
  return { stripe, esewa, khalti, settings }
}

export async function paymentHouse() {
  const { settings, ...gateways } = await gatewaysForTests()
  const database = await testDatabase()
  const server = await startTestServer({ databaseUrl: database.url, payments: settings })
  const call = async <T>(path: string, token: string, json?: object): Promise<T> => {
    const answer = await server.fetch(path, { token, ...(json && { json }) })
    return (await answer.json()) as T
  }
  let asked = 0
  const begin = (person: Person, gateway: string, packId: string) => {
    const requestId = `request-${(asked += 1)}`
    return call<Begun>('/v1/payments', person.accessToken, { requestId, packId, gateway })
  }
  const tell = (type: string, object: object, options = {}) => {
    const { payload, header } = signedEvent(type, object, options)
    return post(payload, header)
  }
  const post = (payload: string, header: string | undefined) =>
    server.fetch('/v1/webhooks/stripe', {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(header !== undefined && { 'stripe-signature': header }),
      },
      body: payload,
    })
  return {
    ...gateways,
    settings,
    database,
    server,
    call,
    begin,
    tell,
    post,
    get: (person: Person, id: string) =>
      call<PaymentView>(`/v1/payments/${id}`, person.accessToken),
    check: (person: Person, id: string) =>
      call<PaymentView>(`/v1/payments/${id}/check`, person.accessToken, {}),
    coins: (person: Person) => balanceOf(database.sql, person.user.id),
    refOf: (id: string) => refOf(database, id),
  }
}

/** What its gateway calls a payment. */
async function refOf({ sql }: Pick<Database, 'sql'>, id: string): Promise<string> {
  const [row] = await sql<{ ref: string }>`select ref from payments where id = ${id}`
  return row?.ref ?? ''
}

export async function expectSoundLedger(url: string): Promise<void> {
  const database = await openDatabase({ url, log: quietLog, schema: noSchema })
  try {
    expect((await verifyLedger(database.transaction)).faults).toEqual([])
  } finally {
    await database.close()
  }
}

const noSchema = { entities: [], migrations: [] }
