import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bookLimits, type Holdings, WalletBook } from './wallet-book.ts'

const having = (coin: number): Holdings => ({ coin, bonus: 0, hours: 0 })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[WEB-180] what one has is read once and then told by the room', async () => {
  const book = new WalletBook(() => Promise.resolve(having(700)))
  const seen: (number | undefined)[] = []
  book.subscribe(() => seen.push(book.holdings()?.coin))
  expect(book.holdings()).toBeUndefined()
  await book.refresh()
  book.told(having(650))
  book.clear()
  expect(seen).toEqual([700, 650, undefined])
})

test('[WEB-180] a reading that the room overtook, or another person, says nothing', async () => {
  let answer = (_: Holdings) => {}
  const book = new WalletBook(() => new Promise((resolve) => void (answer = resolve)))
  const reading = book.refresh()
  book.told(having(650))
  answer(having(700))
  await reading
  expect(book.holdings()?.coin).toBe(650)
  const second = book.refresh()
  book.clear()
  answer(having(650))
  await second
  expect(book.holdings()).toBeUndefined()
})

test('[WEB-180] what an answer says is not taken back by what the room says late', () => {
  const book = new WalletBook(() => Promise.reject(new Error('not asked')))
  book.told(having(1_000))
  book.answered(800)
  book.told(having(900))
  expect(book.holdings()?.coin).toBe(800)
  book.told(having(800))
  // The room has caught up: what it says counts again.
  book.told(having(1_300))
  expect(book.holdings()?.coin).toBe(1_300)
})

test('[WEB-180] what the room said meanwhile counts once the time is over', () => {
  const book = new WalletBook(() => Promise.reject(new Error('not asked')))
  book.answered(800)
  book.told({ coin: 950, bonus: 3, hours: 12 })
  vi.advanceTimersByTime(bookLimits.lagMs)
  expect(book.holdings()).toEqual({ coin: 950, bonus: 3, hours: 12 })
})
