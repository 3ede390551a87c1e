import { expect, test } from 'vitest'
import { firstBonusAt, placeTerms, type Purchase, type Term } from './place-terms.ts'

const dayMs = 86_400_000
const buy = (level: number, atDay: number, days = 30): Purchase => {
  return { transferId: `${level}@${atDay}`, at: atDay * dayMs, level, days, dailyBonus: level }
}
const placed = (...purchases: Purchase[]) => {
  let terms: Term[] = []
  for (const one of purchases) {
    const live = terms.filter(({ endsAt, startsAt }) => endsAt > one.at && endsAt > startsAt)
    const over = terms.filter((term) => !live.includes(term))
    terms = [...over, ...placeTerms(live, one)]
  }
  return terms.map(({ transferId, startsAt, endsAt }) => {
    return [transferId, startsAt / dayMs, endsAt / dayMs]
  })
}

test('[OG-04] the same adds its days, a higher one ends the lower at once', () => {
  expect(placed(buy(1, 10), buy(1, 20))).toEqual([
    ['1@10', 10, 40],
    ['1@20', 40, 70],
  ])
  expect(placed(buy(1, 10), buy(1, 20), buy(3, 30))).toEqual([
    ['1@10', 10, 30],
    ['1@20', 40, 40],
    ['3@30', 30, 60],
  ])
  expect(placed(buy(1, 10), buy(1, 40))).toEqual([
    ['1@10', 10, 40],
    ['1@40', 40, 70],
  ])
})

test('[OG-04] a lower one waits behind the higher, also behind days added later', () => {
  expect(placed(buy(3, 10), buy(2, 10.5), buy(3, 20))).toEqual([
    ['3@10', 10, 40],
    ['3@20', 40, 70],
    ['2@10.5', 70, 100],
  ])
})

test('[OG-04] a clock that is behind another buys nothing before what was bought before', () => {
  expect(placed(buy(1, 10), buy(1, 9.9))).toEqual([
    ['1@10', 10, 40],
    ['1@9.9', 40, 70],
  ])
  expect(placed(buy(1, 10), buy(2, 9.9))).toEqual([
    ['1@10', 10, 10],
    ['2@9.9', 10, 40],
  ])
})

test('[OG-09] days begin as often as a tier has days, wherever in a day it begins', () => {
  for (const hour of [0, 1, 23.99]) {
    const startsAt = 10 * dayMs + hour * 3_600_000
    let count = 0
    for (let at = firstBonusAt(startsAt); at <= startsAt + 30 * dayMs; at += dayMs) count += 1
    expect(count).toBe(30)
  }
})
