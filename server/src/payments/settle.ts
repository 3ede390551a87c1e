/** Brings the ledger to where a payment is: coins given once, taken back as far as they go. */
import type { CoinPack } from '@odeon/rooms'
import type { Ledger, Logger, TransferOutcome } from '@odeon/rooms/ports'
import type { NoticeDesk } from '../notices/notices.ts'
import type { Database } from '../platform/database.ts'
import { isDuplicate } from '../platform/database/fault.ts'
import type { Answer, Gateway, GatewayFacts, PaymentRow } from './gateway.ts'
import { paymentBounds } from './limits.ts'
import { isSoldSo } from './packs.ts'
import type { PaymentMeter, RefusalReason } from './payment-meter.ts'
import { askerOf, recordFacts, type Standing } from './record-facts.ts'

export interface SettleDeps {
  database: Pick<Database, 'transaction'>
  ledger: Ledger
  /** People are told what becomes of their payments, with what is put on record. */
  notices: Pick<NoticeDesk, 'postIn'>
  now: () => number
  meter: PaymentMeter
  log: Logger
}

/** Puts an answer on record and settles; without one it goes on where it was interrupted. */
export async function settle(
  deps: SettleDeps,
  paymentId: string,
  answer?: Answer,
): Promise<PaymentRow | undefined> {
  let standing = await record(deps, paymentId, answer)
  for (let tries = 0; standing !== undefined && tries < paymentBounds.triesMax; tries += 1) {
    if (standing.missing === 0) break
    const outcome = await move(deps.ledger, standing)
    if (outcome === 'nothing_left') break
    const refused = 'refused' in outcome ? outcome.refused : undefined
    // Somebody else moved them, or spent them meanwhile: what is so now says what is left to do.
    const goesOn = refused === undefined || refused === 'id_reused'
    if (!goesOn && refused !== 'insufficient_coins') {
      deps.log.warn({ paymentId, refused }, 'coins of a payment did not move yet')
      break
    }
    standing = await record(deps, paymentId)
  }
  return standing?.row
}

async function record(
  { database, notices, now, meter, log }: SettleDeps,
  paymentId: string,
  answer?: Answer,
): Promise<Standing | undefined> {
  const { standing, told } = await database.transaction(async (sql) => {
    const known = await recordFacts(sql, paymentId, now(), answer)
    const posted: (() => void)[] = []
    for (const notice of known?.news ?? []) {
      posted.push(await notices.postIn(sql, [known?.row.userId ?? ''], notice))
    }
    return { standing: known, told: posted }
  })
  if (standing === undefined) return undefined
  for (const tell of told) tell()
  const { row, before } = standing
  if (row.state !== before) {
    meter.became(row.gateway, row.state)
    log.info({ paymentId, gateway: row.gateway, before, state: row.state }, 'a payment moved on')
  }
  return standing
}

/** The number of the move is its id, so that whoever does it again, does it once. */
async function move(
  ledger: Ledger,
  { row, moves, missing, balance }: Standing,
): Promise<TransferOutcome | 'nothing_left'> {
  const amount = missing > 0 ? missing : Math.min(-missing, balance)
  if (missing < 0 && amount < -missing / paymentBounds.partOfOwedLeast) return 'nothing_left'
  const person = { kind: 'user', userId: row.userId, currency: 'coin' } as const
  const gateway = { kind: 'gateway', currency: 'coin' } as const
  const [from, to] = missing > 0 ? [gateway, person] : [person, gateway]
  const kindOfGift = moves === 0 ? 'topup' : 'topup_again'
  return await ledger.transfer({
    id: String(moves + 1),
    by: askerOf(row.id),
    kind: missing > 0 ? kindOfGift : 'topup_back',
    movement: { do: 'post', legs: [{ from, to, amount }] },
    details: { paymentId: row.id, gateway: row.gateway },
  })
}

export interface Asked {
  gateway: Gateway
  row: PaymentRow
  /** As things are sold now. */
  packs: readonly CoinPack[]
}

/** What a gateway says, held against what was asked: any difference credits nothing, by name. */
export function heldAgainst({ gateway, row, packs }: Asked, facts: GatewayFacts): GatewayFacts {
  const { status, paid } = facts
  if (status !== 'paid') return facts
  const { amount, currency } = row
  const isStale = gateway.isOpenEnded === true && isLate(row) && !isSoldSo(packs, row)
  const differs = differenceOf(paid, { amount, currency, product: gateway.productOf(row) })
  const trouble = differs ?? (isStale ? 'price_changed' : undefined)
  return trouble === undefined ? facts : { status: 'failed', trouble }
}

/** It came when its time was over, for it was not there when we asked behind that. */
const isLate = ({ isPaid, unpaidAt, expiresAt }: PaymentRow) =>
  !isPaid && unpaidAt !== null && unpaidAt >= expiresAt

function differenceOf(
  paid: GatewayFacts['paid'],
  asked: NonNullable<GatewayFacts['paid']>,
): RefusalReason | undefined {
  if (paid?.amount !== asked.amount) return 'amount_differs'
  if (paid.currency !== asked.currency) return 'currency_differs'
  return paid.product === asked.product ? undefined : 'product_differs'
}

/** The same money for two payments credits the first alone. */
export async function settleOnce(
  deps: SettleDeps,
  paymentId: string,
  answer: Answer,
): Promise<{ row: PaymentRow | undefined; trouble: RefusalReason | undefined }> {
  try {
    return { row: await settle(deps, paymentId, answer), trouble: answer.facts.trouble }
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const trouble = 'transaction_reused' as const
    const refused = { ...answer, facts: { status: 'failed', trouble } } as const
    return { row: await settle(deps, paymentId, refused), trouble }
  }
}
