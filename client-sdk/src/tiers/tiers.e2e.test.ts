// Tiers with the real server: bought once, shown on every device and in rooms, opening gifts.
import { matchMaker } from '@colyseus/core'
import { expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../../../server/src/platform/testing/quiet-log.ts'
import { testDatabase } from '../../../server/src/platform/testing/test-database.ts'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { walletSide } from '../../../server/src/wallet/wallet-side.ts'
import { Odeon } from '../index.ts'

const database = await testDatabase()
const { url } = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })

async function person(username: string, coins = 0) {
  const odeon = new Odeon(url)
  const email = `${username}@odeon.example`
  const { id } = await odeon.auth.register({ username, email, password: crypto.randomUUID() })
  if (coins > 0) await topUp(id, coins)
  return { odeon, id }
}

async function topUp(userId: string, amount: number) {
  const { presence } = matchMaker
  const { ledger } = walletSide({ database, presence, now: Date.now, log: quietLog })
  const from = { kind: 'gateway', currency: 'coin' } as const
  const to = { kind: 'user', userId, currency: 'coin' } as const
  const movement = { do: 'post', legs: [{ from, to, amount }] } as const
  await ledger.transfer({ id: `top-up-${userId}`, by: 'test', kind: 'topup', movement })
}

test('[OG-12] [OG-06] a tier is bought once and shows on every device', async () => {
  const { odeon } = await person('ann', 8_000)
  const rooms = await Promise.all([odeon.me.join(), odeon.me.join()])
  onTestFinished(() => void Promise.all(rooms.map((room) => room.leave())))
  expect((await odeon.tiers.list()).map(({ level }) => level)).toEqual([1, 2, 3, 4, 5])
  expect(await odeon.tiers.mine()).toEqual({ level: 0, until: null })
  const told: unknown[] = []
  for (const room of rooms) room.on('og.changed', (tier) => void told.push(tier))

  const requestId = 'tier-of-ann'
  const bought = await odeon.tiers.buy(2, { requestId })
  expect(bought).toEqual({
    tier: { level: 2, until: expect.any(Number) },
    balanceCoins: 5_500,
  })
  expect(await odeon.tiers.buy(2, { requestId })).toEqual(bought)
  expect(await odeon.tiers.mine()).toEqual(bought.tier)
  const { level: tier, until: tierUntil } = bought.tier
  for (const room of rooms) await expect.poll(() => room.state).toMatchObject({ tier, tierUntil })
  await expect.poll(() => told).toEqual([bought.tier, bought.tier])
  await expect(odeon.tiers.buy(1)).rejects.toMatchObject({ code: 'higher_tier_held' })
  await expect(odeon.tiers.buy(4)).rejects.toMatchObject({ code: 'insufficient_coins' })
  const guest = new Odeon(url)
  await guest.auth.guest()
  await expect(guest.tiers.buy(1)).rejects.toMatchObject({ code: 'account_required' })
})

test('[OG-07] [OG-08] in a room a tier opens its gifts at once, and is seen in chat and crew', async () => {
  const [host, bob] = [await person('hosting', 1_000), await person('bob', 9_000)]
  const { id } = await host.odeon.streams.create({ title: 'Tiers' })
  const [stage, seat] = [await host.odeon.live.join(id), await bob.odeon.live.join(id)]
  onTestFinished(() => void Promise.all([stage, seat].map((room) => room.leave())))
  await stage.start()
  const give = () => seat.gifts.send({ giftId: 'marigold' })
  await expect(give()).rejects.toMatchObject({ code: 'tier_needed' })
  const { tier } = await bob.odeon.tiers.buy(2)
  expect(await give()).toMatchObject({ coins: 200 })
  await expect(seat.gifts.send({ giftId: 'crown' })).rejects.toMatchObject({ code: 'tier_needed' })
  await expect
    .poll(() => seat.you.standing.tier)
    .toEqual({ ...tier, privileges: ['coloured_name', 'long_message'] })
  const long = 'long '.repeat(180).trim()
  expect(await seat.chat.send(long)).toMatchObject({ from: { tier: 2, isColoured: true } })
  await host.odeon.tiers.buy(1)
  await expect.poll(() => seat.state.crew.get(host.id)?.tier).toBe(1)
})
