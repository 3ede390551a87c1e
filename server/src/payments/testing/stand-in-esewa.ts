/**
 * Stands in for eSewa: takes the form a browser posts, checks its signature as eSewa does, answers
 * with a signed return and tells the status of transactions. Tests say what payers did.
 */
import { createHmac } from 'node:crypto'
import { type Said, serveStandIn } from './serve.ts'

export const esewaKeys = { productCode: 'EPAYTEST', secretKey: 'stand-in-secret:/1' } as const

export interface StandInTransaction {
  total: string
  status: string
  code: string
}

const usualSecret: string = esewaKeys.secretKey

const hmac = (text: string, secret: string) =>
  createHmac('sha256', secret).update(text).digest('base64')

export async function standInEsewa() {
  const transactions = new Map<string, StandInTransaction>()
  const standIn = await serveStandIn(({ path, query }): Said => {
    if (path !== '/api/epay/transaction/status/') return { status: 404, json: {} }
    const id = String(query.get('transaction_uuid'))
    const found = transactions.get(id)
    const named = { product_code: query.get('product_code'), transaction_uuid: id }
    const isKnown =
      found !== undefined &&
      query.get('product_code') === esewaKeys.productCode &&
      Number(query.get('total_amount')) === Number(found.total.replaceAll(',', ''))
    if (!isKnown) return { json: { ...named, status: 'NOT_FOUND', ref_id: null } }
    const { status, code } = found
    const total_amount = Number(found.total.replaceAll(',', ''))
    return { json: { ...named, total_amount, status, ref_id: status === 'PENDING' ? null : code } }
  })

  /** A browser posts the form. Throws as eSewa refuses. */
  const post = (fields: Record<string, string>): StandInTransaction => {
    const names = String(fields.signed_field_names).split(',')
    const text = names.map((name) => `${name}=${fields[name]}`).join(',')
    const needed = ['total_amount', 'transaction_uuid', 'product_code']
    if (!needed.every((name) => names.includes(name))) throw new Error('not all is signed')
    if (hmac(text, esewaKeys.secretKey) !== fields.signature) throw new Error('wrong signature')
    const sums = ['amount', 'tax_amount', 'product_service_charge', 'product_delivery_charge']
    const sum = sums.reduce((all, name) => all + Number(fields[name]), 0)
    if (sum !== Number(fields.total_amount)) throw new Error('the sum is wrong')
    if (fields.product_code !== esewaKeys.productCode) throw new Error('unknown merchant')
    const code = `000${transactions.size}AB`
    const made = { total: String(fields.total_amount), status: 'PENDING', code }
    transactions.set(String(fields.transaction_uuid), made)
    return made
  }
  return { standIn, transactions, post }
}

/** The `data` of a return, signed; amounts as eSewa writes them. */
export function esewaData(
  paymentId: string,
  { total, code }: Pick<StandInTransaction, 'total' | 'code'>,
  { secret = usualSecret, signs = allSigned, status = 'COMPLETE' } = {},
): string {
  const fields: Record<string, string> = {
    transaction_code: code,
    status,
    total_amount: total,
    transaction_uuid: paymentId,
    product_code: esewaKeys.productCode,
    signed_field_names: signs.join(','),
  }
  const signature = hmac(signs.map((name) => `${name}=${fields[name]}`).join(','), secret)
  return Buffer.from(JSON.stringify({ ...fields, signature })).toString('base64')
}

const allSigned = [
  'transaction_code',
  'status',
  'total_amount',
  'transaction_uuid',
  'product_code',
  'signed_field_names',
]
