/** How long the page of a payment waits before it asks again: often at first, then ever less. */
import { type PaymentView, Refusal } from '@odeon/sdk'

const minute = 60_000

const pauses = [
  { untilMs: minute, everyMs: 3_000 },
  { untilMs: 10 * minute, everyMs: 15_000 },
  { untilMs: Infinity, everyMs: minute },
] as const

interface Asked {
  payment: PaymentView | undefined
  error: unknown
  /** Whoever left without paying waits for nothing. */
  isLeft: boolean
  /** Since the page was opened. */
  waitedMs: number
}

/** False: there is nothing more to learn. */
export function askAgainMs({ payment, error, isLeft, waitedMs }: Asked): number | false {
  const isOver = payment === undefined ? isUnknown(error) : isLeft || payment.state !== 'pending'
  if (isOver) return false
  return pauses.find(({ untilMs }) => waitedMs < untilMs)?.everyMs ?? minute
}

export const isUnknown = (error: unknown) => error instanceof Refusal && error.code === 'not_found'
