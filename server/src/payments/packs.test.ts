// Prices and what they come to, and money as gateways write it.
import { expect, test } from 'vitest'
import { decimalOf, minorOf } from './money.ts'
import { coinsPerUnit, housePacks } from './packs.ts'

test('[PAY-01] ten rupees are 500 coins, and no pack gives others than its price comes to', () => {
  const coins = new Map(housePacks.map((pack) => [pack.id, pack.coins]))
  expect(coins.get('npr_1000')).toBe(500)
  expect(coins.get('npr_100000')).toBe(50_000)
  expect(coins.get('usd_99')).toBe(6_435)
  expect(coins.get('usd_4999')).toBe(324_935)
  expect(coins.size).toBe(housePacks.length)
  for (const pack of housePacks) {
    expect(pack.coins).toBe(Math.floor((pack.amount * coinsPerUnit[pack.currency]) / 100))
  }
})

test('[PAY-05] amounts are read as they are written, to the last paisa, or not at all', () => {
  const rows: [unknown, number | undefined][] = [
    ['10', 1_000],
    [10, 1_000],
    ['10.0', 1_000],
    ['1,000.0', 100_000],
    ['1,00,000', 10_000_000],
    ['0.1', 10],
    ['10.50', 1_050],
    ['10.005', undefined],
    ['-10', undefined],
    ['1e3', undefined],
    ['', undefined],
    [' 10', undefined],
    [Number.NaN, undefined],
    [null, undefined],
    [{}, undefined],
  ]
  for (const [written, minor] of rows) expect([written, minorOf(written)]).toEqual([written, minor])
  for (const minor of [1, 99, 100, 1_000, 1_050, 100_000]) {
    expect(minorOf(decimalOf(minor))).toBe(minor)
  }
})
