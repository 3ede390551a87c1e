/** A transfer as it is decided: its id and hash made, its form checked. */
import { createHash } from 'node:crypto'
import type { AccountRef, Movement, TransferAsk } from './ledger.ts'
import { walletLimits } from './protocol.ts'

export interface Prepared {
  ask: TransferAsk
  /** UUID of asker and id together. */
  id: string
  /** Of what it says. */
  hash: string
  isWellFormed: boolean
}

export function prepareTransfer(ask: TransferAsk): Prepared {
  const { kind, movement, countedIn, details } = ask
  const says = [kind, movement, countedIn?.streamId, countedIn?.supporterId, details]
  return {
    ask,
    id: transferId(ask),
    hash: createHash('sha256').update(canonical(says)).digest('base64url'),
    isWellFormed: isWellFormed(ask),
  }
}

/** A UUID (version 8) of asker and id. */
export function transferId({ by, id }: Pick<TransferAsk, 'by' | 'id'>): string {
  const hex = createHash('sha256').update(`${by}\0${id}`).digest('hex')
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`]
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

/** The same text for the same content, in whatever order its keys were written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  const sorted = entries.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}

const name = /^[\w:.-]{1,64}$/
const kindName = /^[a-z_]{1,32}$/
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

function isWellFormed({ id, by, kind, movement, countedIn, details, notes }: TransferAsk): boolean {
  if (![id, by].every((one) => name.test(one)) || !kindName.test(kind)) return false
  if (!isMovement(movement) || ![details, notes].every(isKeepable)) return false
  if (countedIn === undefined) return true
  const { streamId, supporterId, combo } = countedIn
  if (currencyOf(movement) !== 'coin' || !uuid.test(streamId) || !uuid.test(supporterId)) {
    return false
  }
  return combo === undefined || (uuid.test(combo.id) && isAmount(combo.units))
}

function isMovement(movement: Movement): boolean {
  switch (movement.do) {
    case 'post': {
      const { length } = movement.legs
      return length >= 1 && length <= walletLimits.legsMax
    }
    case 'hold':
      return movement.from.kind === 'user' && Number.isSafeInteger(movement.expiresAt)
    case 'resolve':
      return uuid.test(movement.holdId) && movement.to.length <= walletLimits.legsMax
  }
}

/** Of what it counts; undefined where that is for the hold to say. */
function currencyOf(movement: Movement): string | undefined {
  if (movement.do === 'post') return movement.legs[0]?.from.currency
  return movement.do === 'hold' ? undefined : movement.to[0]?.to.currency
}

/** PostgreSQL keeps no NUL and no half characters. */
function isKeepable(facts: TransferAsk['details']): boolean {
  if (facts === undefined) return true
  const text = JSON.stringify(facts)
  const isBounded = Buffer.byteLength(text) <= walletLimits.detailsBytesMax
  return isBounded && !/\\u(0000|d[89a-f])/i.test(text)
}

export const isAmount = (amount: number): boolean =>
  Number.isSafeInteger(amount) && amount >= 1 && amount <= walletLimits.amountMax

/** Those whose person is no UUID have no account. */
export const keyOf = (ref: AccountRef, stripe: number): string =>
  ref.kind === 'user'
    ? `user:${uuid.test(ref.userId) ? ref.userId : ''}:${ref.currency}`
    : `${ref.kind}:${stripe}:${ref.currency}`
