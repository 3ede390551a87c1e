// Ten thousand random histories: memory and PostgreSQL agree about each outcome, and nothing that
// must hold of a ledger ever does not. A failure prints the seed and the histories.
import { MemoryLedger } from '@odeon/rooms'
import type { TransferAsk, TransferOutcome } from '@odeon/rooms/ports'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { postgresLedger } from './postgres-ledger.ts'
import { asksOf, history, nobody, peopleInHistory } from './testing/histories.ts'
import { newPeople } from './testing/wallet-people.ts'
import { verifyLedger } from './verify-ledger.ts'

const database = await testDatabase()
const histories = 10_000
/** They touch nothing of each other, so these are asked side by side. */
const sideBySide = 250
const now = 1_800_000_000_000

let count = 0
/** What is asked of all histories: the first of each, then the second of each, and so on. */
async function interleaved(steps: Parameters<typeof asksOf>[0][]): Promise<TransferAsk[]> {
  const people = await newPeople(database.sql, steps.length * peopleInHistory)
  const all = steps.map((one) => {
    const name = `history-${(count += 1)}`
    const [streamId, comboId] = [crypto.randomUUID(), crypto.randomUUID()]
    const own = people.splice(0, peopleInHistory)
    return asksOf(one, { name, people: own, streamId, comboId, now })
  })
  const longest = Math.max(...all.map(({ length }) => length))
  return Array.from({ length: longest }, (_, at) => all.flatMap((asks) => asks[at] ?? [])).flat()
}

test('[LED-19] memory and PostgreSQL agree about ten thousand random histories', async () => {
  const memory = new MemoryLedger({ now: () => now, isPerson: (id) => id !== nobody })
  const postgres = postgresLedger({ database, now: () => now, log: quietLog, stripe: 0 })
  const refusals = new Map<string, number>()
  const agree = async (asks: TransferAsk[]): Promise<TransferOutcome[]> => {
    const expected = memory.post(asks)
    const outcomes = await Promise.all(asks.map((one) => postgres.transfer(one)))
    outcomes.forEach((outcome, at) => {
      const isSame = JSON.stringify(outcome) === JSON.stringify(expected[at])
      // Looked at closely only where they differ, so that ten thousand take seconds.
      if (!isSame) expect([asks[at], outcome]).toEqual([asks[at], expected[at]])
    })
    return outcomes
  }
  const property = fc.asyncProperty(
    fc.array(history, { minLength: sideBySide, maxLength: sideBySide }),
    async (steps) => {
      const asks = await interleaved(steps)
      const outcomes = await agree(asks)
      for (const one of outcomes) {
        const name = 'refused' in one ? one.refused : one.isReplayed ? 'replayed' : 'posted'
        refusals.set(name, (refusals.get(name) ?? 0) + 1)
      }
      const again = await agree(asks)
      outcomes.forEach((one, at) => {
        if (!('receipt' in one)) return
        const replayed = JSON.stringify({ ...one, isReplayed: true })
        if (JSON.stringify(again[at]) !== replayed) expect(again[at]).toEqual(JSON.parse(replayed))
      })
    },
  )
  await fc.assert(property, { numRuns: histories / sideBySide, endOnFailure: true })
  for (const { balance, kind } of memory.accounts()) {
    if (kind === 'user' || kind === 'escrow') expect(balance).toBeGreaterThanOrEqual(0)
  }
  const report = await verifyLedger(database.transaction)
  expect(report.faults).toEqual([])
  expect(report.sums.map(({ sum }) => sum)).toEqual(['0', '0', '0'])
  // Each outcome that such histories can have was had.
  const seen = [...refusals.keys()].toSorted()
  expect(seen).toEqual(
    [
      'amount_out_of_bounds',
      'bonus_not_transferable',
      'hold_exceeded',
      'hold_expired',
      'hold_resolved',
      'id_reused',
      'insufficient_coins',
      'invalid_transfer',
      'posted',
      'replayed',
      'same_account',
      'unknown_account',
      'unknown_hold',
    ].toSorted(),
  )
}, 300_000)
