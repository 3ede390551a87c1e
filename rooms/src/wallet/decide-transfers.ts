/**
 * What becomes of transfers, one after the other: a pure function over what was read. Memory and
 * PostgreSQL both decide here, so neither can know better.
 */
import { checkTransfer, type Moment, type Plan } from './check-transfer.ts'
import type { Receipt, StreamSums, TransferOutcome } from './ledger.ts'
import {
  type Account,
  type Hold,
  type LedgerView,
  type LedgerWrites,
  type PostingSort,
  type Tally,
  tallyKey,
} from './ledger-view.ts'
import type { Prepared } from './prepare-transfer.ts'

export interface Decided {
  outcomes: TransferOutcome[]
  writes: LedgerWrites
}

export function decideTransfers(
  view: LedgerView,
  asked: readonly Prepared[],
  moment: Moment,
): Decided {
  const writes: LedgerWrites = {
    transfers: [],
    postings: [],
    accounts: new Set(),
    tallies: new Set(),
  }
  return { outcomes: asked.map((one) => decide(view, one, { moment, writes })), writes }
}

interface Under {
  moment: Moment
  writes: LedgerWrites
}

function decide(view: LedgerView, prepared: Prepared, under: Under): TransferOutcome {
  if (!prepared.isWellFormed) return { refused: 'invalid_transfer' }
  const known = view.transfers.get(prepared.id)
  if (known !== undefined) {
    const { hash, receipt } = known
    return hash === prepared.hash ? { receipt, isReplayed: true } : { refused: 'id_reused' }
  }
  const plan = checkTransfer(view, prepared, under.moment)
  if (typeof plan === 'string') return { refused: plan }
  return { receipt: post(view, prepared, plan, under), isReplayed: false }
}

/** From here on nothing can refuse. */
function post(view: LedgerView, prepared: Prepared, plan: Plan, { moment, writes }: Under) {
  const { ask, id, hash } = prepared
  const touched = movedBy(view, plan)
  const balances: Receipt['balances'] = []
  for (const { account, amount, counterpartyKey } of touched) {
    const sort = sortOf(view, { account, amount, counterpartyKey, plan })
    account.balance += amount
    account.entries += 1
    count(account, sort, amount)
    const { balance, entries: n, key: accountKey, userId, currency, kind } = account
    writes.accounts.add(account)
    writes.postings.push({ transferId: id, accountKey, n, amount, balance, sort, counterpartyKey })
    if (kind === 'user') balances.push({ userId, currency, balance, n })
  }
  const [{ account: payer }] = touched as [Touched]
  const amount = plan.legs.reduce((sum, leg) => sum + leg.amount, 0)
  const stream = countIn(view, prepared, amount, writes)
  const base = { id, at: moment.at, kind: ask.kind, balances }
  const receipt: Receipt = stream === undefined ? base : { ...base, stream }
  if (plan.hold !== undefined) plan.hold.isResolved = true
  const hold = holdOf(prepared, plan)
  if (hold !== null) view.holds.set(id, hold)
  view.transfers.set(id, { hash, receipt })
  const { countedIn, movement } = ask
  writes.transfers.push({
    id,
    hash,
    at: moment.at,
    amount,
    receipt,
    hold,
    by: ask.by,
    askId: ask.id,
    kind: ask.kind,
    currency: payer.currency,
    resolvesId: movement.do === 'resolve' ? movement.holdId : null,
    streamId: countedIn?.streamId ?? null,
    streamN: stream?.n ?? null,
    supporterId: countedIn?.supporterId ?? null,
    comboId: countedIn?.combo?.id ?? null,
    units: countedIn?.combo?.units ?? null,
    details: ask.details ?? null,
    notes: ask.notes ?? null,
  })
  return receipt
}

interface Touched {
  account: Account
  amount: number
  counterpartyKey: string
}

/** One posting for each account, however many legs it has; those who pay first. */
function movedBy(view: LedgerView, { legs }: Plan): Touched[] {
  const touched = new Map<string, Touched>()
  const move = (key: string, amount: number, counterpartyKey: string) => {
    const known = touched.get(key)
    if (known !== undefined) known.amount += amount
    else {
      touched.set(key, { account: view.accounts.get(key) as Account, amount, counterpartyKey })
    }
  }
  for (const { from, to, amount } of legs) move(from, -amount, to)
  for (const { from, to, amount } of legs) move(to, amount, from)
  return [...touched.values()]
}

function sortOf(
  view: LedgerView,
  { account, amount, counterpartyKey, plan }: Touched & { plan: Plan },
) {
  if (account.kind !== 'user') return 'house'
  // What was bought is not earned, and what goes back to where it was bought is not spent.
  if (view.accounts.get(counterpartyKey)?.kind === 'gateway') return 'added'
  if (amount < 0) return 'spent'
  return account.key === plan.hold?.holderKey ? 'returned' : 'earned'
}

function count(account: Account, sort: PostingSort, amount: number): void {
  if (sort === 'earned') account.earned += amount
  // What comes back of a hold was not spent.
  if (sort === 'spent' || sort === 'returned') account.spent -= amount
}

function holdOf({ ask, id }: Prepared, { legs }: Plan): Hold | null {
  const [leg] = legs
  if (ask.movement.do !== 'hold' || leg === undefined) return null
  const { expiresAt, amount } = ask.movement
  return { id, holderKey: leg.from, escrowKey: leg.to, amount, expiresAt, isResolved: false }
}

function countIn(
  view: LedgerView,
  { ask: { countedIn } }: Prepared,
  coins: number,
  writes: LedgerWrites,
): StreamSums | undefined {
  if (countedIn === undefined) return undefined
  const { streamId, supporterId, combo } = countedIn
  const units = combo?.units ?? 0
  const grow = (of: Tally['of'], about: string, n?: number): Tally => {
    const tally = tallyOf(view, { streamId, of, about })
    tally.transfers += 1
    tally.coins += coins
    tally.units += units
    tally.lastN = n ?? tally.transfers
    writes.tallies.add(tally)
    return tally
  }
  const stream = grow('stream', streamId)
  const n = stream.transfers
  const supporter = grow('supporter', supporterId, n)
  const comboUnits = combo === undefined ? 0 : grow('combo', combo.id, n).units
  return { n, coins: stream.coins, supporterCoins: supporter.coins, comboUnits }
}

function tallyOf(view: LedgerView, named: Pick<Tally, 'streamId' | 'of' | 'about'>): Tally {
  const known = view.tallies.get(tallyKey(named))
  if (known !== undefined) return known
  const made = { ...named, isNew: true, transfers: 0, coins: 0, units: 0, lastN: 0 }
  view.tallies.set(tallyKey(named), made)
  return made
}
