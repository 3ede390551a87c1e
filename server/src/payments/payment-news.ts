/** What a person is told when a payment of theirs moves on, each time it does, once. */
import type { NewNotice } from '../notices/post-notices.ts'
import type { PaymentRow } from './gateway.ts'

type Was = Pick<PaymentRow, 'state' | 'refunded'>

/** Decided where the payment is put on record, so that what is on record is told. */
export function newsOf(
  before: Was,
  row: PaymentRow,
  { isDebtOver }: { isDebtOver: boolean },
): NewNotice[] {
  const path = `/coins/return/${row.id}`
  const news: NewNotice[] = []
  const tell = (kind: NewNotice['kind'], more: Partial<NewNotice> = {}) =>
    news.push({ ...nothing, kind, path, ...more })
  const isNow = (state: PaymentRow['state']) => row.state === state && before.state !== state
  if (isNow('failed')) tell('payment_failed')
  if (row.refunded > before.refunded) tell('payment_refunded')
  if (row.refunded < before.refunded) tell('coins_returned')
  if (isNow('charged_back')) tell('payment_disputed')
  if (isNow('paid')) {
    if (unpaid.has(before.state)) tell('coins_added', { text: String(row.coins) })
    else if (before.state === 'charged_back') tell('coins_returned')
  }
  if (isDebtOver) tell('debt_cleared', { path: '/wallet' })
  return news
}

const unpaid: ReadonlySet<PaymentRow['state']> = new Set(['pending', 'failed', 'expired'])

const nothing = { channel: null, from: null, text: null, sanctionId: null, until: null }
