/** People who give at a steady rate and ask again for whatever nobody answered. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type LiveConnection, type Odeon, Refusal, Unavailable } from '@odeon/sdk'

export interface AskedGift {
  askId: string
  from: string
  streamId: string
  coins: number
  /** What was decided; undefined until something was. */
  answer?: { n: number; comboId: string } | { refused: string } | undefined
  /** How often nobody said what became of it. */
  unknown: number
  /** From asking to the good answer, ms. */
  tookMs: number
}

export interface Giver {
  odeon: Odeon
  userId: string
  streamId: string
  room: LiveConnection
}

const kinds = [
  { giftId: 'rose', price: 1 },
  { giftId: 'tea', price: 5 },
  { giftId: 'momo', price: 25 },
  { giftId: 'kite', price: 100 },
] as const
const quantityMost = 9
/** Between two tries of one gift. */
const pauseMs = 250
/** What may be so for a moment only: nothing was decided, and the same may be asked again. */
const passing = new Set(['busy', 'host_away', 'ledger_busy', 'rate_limited', 'timed_out'])

/**
 * Begins `rate` gifts a second among all until `untilMs` of `performance.now()`, answered or not;
 * resolves when each has an answer or `giveUpAtMs` is over.
 */
export async function give(options: {
  givers: readonly Giver[]
  rate: number
  untilMs: number
  giveUpAtMs: number
  random: () => number
}): Promise<AskedGift[]> {
  const { givers, rate, untilMs, giveUpAtMs, random } = options
  const [asked, under]: [AskedGift[], Promise<void>[]] = [[], []]
  const fromMs = performance.now()
  const one = () => {
    const giver = givers[asked.length % givers.length] as Giver
    const { giftId, price } = kinds[Math.floor(random() * kinds.length)] ?? kinds[0]
    const quantity = 1 + Math.floor(random() * quantityMost)
    const gift: AskedGift = {
      askId: `chaos-${String(asked.length).padStart(10, '0')}`,
      from: giver.userId,
      streamId: giver.streamId,
      coins: price * quantity,
      unknown: 0,
      tookMs: 0,
    }
    asked.push(gift)
    under.push(askUntilKnown(giver, gift, { giftId, quantity, giveUpAtMs }))
  }
  for (let now = fromMs; now < untilMs; now = performance.now()) {
    const due = Math.floor(((now - fromMs) / 1_000) * rate)
    while (asked.length < due) one()
    await sleep(5)
  }
  await Promise.all(under)
  return asked
}

async function askUntilKnown(
  { room }: Giver,
  gift: AskedGift,
  { giftId, quantity, giveUpAtMs }: { giftId: string; quantity: number; giveUpAtMs: number },
): Promise<void> {
  const fromMs = performance.now()
  while (performance.now() < giveUpAtMs) {
    try {
      const { n, comboId } = await room.gifts.send({ giftId, quantity }, { requestId: gift.askId })
      gift.answer = { n, comboId }
      gift.tookMs = performance.now() - fromMs
      return
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unavailable)) throw error
      if (error instanceof Refusal && !passing.has(error.code)) {
        gift.answer = { refused: error.code }
        return
      }
      if (error instanceof Unavailable) gift.unknown += 1
      await sleep(error.retryAfterMs ?? pauseMs)
    }
  }
}
