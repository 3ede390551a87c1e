/** Stands in for Khalti: initiate and lookup, with the key asked for and amounts checked. */
import { randomUUID } from 'node:crypto'
import { type Said, serveStandIn } from './serve.ts'

export const khaltiKeys = { secretKey: 'stand_in_secret_0123456789' } as const

export interface StandInOrder {
  pidx: string
  amount: number
  order: string
  status: string
  transaction: string | null
}

/** Told with status 400, as Khalti does. */
const isOver = (status: string) => ['Expired', 'User canceled'].includes(status)

export async function standInKhalti() {
  const orders = new Map<string, StandInOrder>()
  const standIn = await serveStandIn(({ path, method, headers, body }): Said => {
    if (headers.authorization !== `Key ${khaltiKeys.secretKey}`) {
      return { status: 401, json: { detail: 'Invalid token.', status_code: 401 } }
    }
    if (method !== 'POST') return { status: 405, json: { detail: 'Method not allowed.' } }
    const asked = JSON.parse(body) as Record<string, string | number>
    if (path === '/api/v2/epayment/initiate/') return initiate(asked)
    if (path === '/api/v2/epayment/lookup/') return lookup(String(asked.pidx))
    return { status: 404, json: { detail: 'Not found.' } }
  })

  const initiate = (asked: Record<string, string | number>): Said => {
    const isUrl = URL.canParse(String(asked.return_url)) && URL.canParse(String(asked.website_url))
    const isWhole = Number.isInteger(asked.amount) && Number(asked.amount) >= 1_000
    if (!isUrl || !isWhole || !asked.purchase_order_id || !asked.purchase_order_name) {
      return { status: 400, json: { error_key: 'validation_error' } }
    }
    const pidx = randomUUID().replaceAll('-', '')
    const order = String(asked.purchase_order_id)
    const made = { pidx, amount: Number(asked.amount), order, status: 'Initiated' }
    orders.set(pidx, { ...made, transaction: null })
    const payment_url = `${standIn.url}/?pidx=${pidx}`
    return { json: { pidx, payment_url, expires_in: 1_800 } }
  }
  const lookup = (pidx: string): Said => {
    const found = orders.get(pidx)
    if (found === undefined) return { status: 404, json: { detail: 'Not found.' } }
    const { amount: total_amount, status, transaction: transaction_id } = found
    const refunded = /refunded/i.test(status)
    const json = { pidx, total_amount, status, transaction_id, fee: 0, refunded }
    return isOver(status) ? { status: 400, json } : { json }
  }
  return { standIn, orders }
}
