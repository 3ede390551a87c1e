// Draws: every coin given, nobody twice, and a proof that one changed character spoils.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commitmentOf, drawLucky, isProven, ticketOf } from './protocol.ts'

const people = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }), {
  maxLength: 40,
})
const draws = fc.record({
  places: fc.integer({ min: 1, max: 50 }),
  beyond: fc.integer({ min: 0, max: 1_000_000 }),
  seed: fc.string({ minLength: 1 }),
  people,
})
const ticketsOf = (ids: readonly string[]) =>
  Promise.all(ids.map((userId) => ticketOf('a-box', { userId, luck: `luck-of-${userId}` })))

it('[TRE-06] each place has a coin at least, all places together all coins, nobody has two', async () => {
  const holds = fc.asyncProperty(draws, async ({ places, beyond, seed, people: ids }) => {
    const coins = places + beyond
    const tickets = await ticketsOf(ids)
    const { lucky } = await drawLucky({ places, coins, seed, tickets })
    expect(lucky).toHaveLength(Math.min(places, ids.length))
    expect(new Set(lucky.map(({ ticket }) => ticket)).size).toBe(lucky.length)
    expect(lucky.every(({ coins: share }) => Number.isSafeInteger(share) && share >= 1)).toBe(true)
    const given = lucky.reduce((sum, one) => sum + one.coins, 0)
    if (lucky.length === places) expect(given).toBe(coins)
    else expect(given).toBeLessThanOrEqual(coins - (places - lucky.length))
    // In whatever order people came.
    const turned = await drawLucky({ places, coins, seed, tickets: tickets.toReversed() })
    expect(turned.lucky).toEqual(lucky)
  })
  await fc.assert(holds, { numRuns: 60 })
})

it('[TRE-07] a proof holds, and with anything changed it does not', async () => {
  const rules = { boxId: 'a-box', coins: 900, shares: 3 }
  const seed = 'a seed'
  const commitment = await commitmentOf(rules, seed)
  const tickets = await ticketsOf(['ann', 'bob', 'cia', 'dan'])
  const draw = { places: 3, coins: 900, seed, tickets }
  const told = await drawLucky(draw)
  const bound = { ...draw, rules, commitment }
  expect(await isProven(bound, told)).toBe(true)
  const [first, ...others] = told.lucky as [(typeof told.lucky)[0], ...typeof told.lucky]
  const changed = [
    isProven({ ...bound, seed: 'A seed' }, told),
    isProven({ ...bound, rules: { ...rules, coins: 901 } }, told),
    isProven({ ...bound, commitment: commitment.replace(/^./, '_') }, told),
    isProven({ ...bound, tickets: tickets.slice(1) }, told),
    isProven({ ...bound, tickets: [...tickets, tickets[0] as string] }, told),
    isProven({ ...bound, tickets: [...tickets, 'one more'] }, told),
    isProven(bound, { ...told, root: told.root.replace(/.$/, '_') }),
    isProven(bound, { ...told, lucky: [{ ...first, coins: first.coins + 1 }, ...others] }),
    isProven(bound, { ...told, lucky: [...others, first] }),
    isProven(bound, { ...told, lucky: others }),
  ]
  expect(await Promise.all(changed)).toEqual(changed.map(() => false))
})

it('[TRE-07] nobody learns seed or luck from what is told before', async () => {
  const rules = { coins: 10 }
  expect(await commitmentOf(rules, 'one')).not.toBe(await commitmentOf(rules, 'two'))
  expect(await commitmentOf(rules, 'one')).toMatch(/^[\da-f]{64}$/)
  const ticket = await ticketOf('a-box', { userId: 'ann', luck: 'four-leaved' })
  expect(ticket).not.toBe(await ticketOf('another', { userId: 'ann', luck: 'four-leaved' }))
  expect(ticket).toMatch(/^[\da-f]{64}$/)
})
