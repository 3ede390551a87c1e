// Gifts with the real server and its ledger: who pays, who gets, what everybody sees.
import { LocalPresence } from '@colyseus/core'
import { beforeAll, expect, test, vi } from 'vitest'
import { quietLog } from '../../../server/src/platform/testing/quiet-log.ts'
import { testDatabase } from '../../../server/src/platform/testing/test-database.ts'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { walletSide } from '../../../server/src/wallet/wallet-side.ts'
import { type GiftSent, type LiveConnection, Odeon } from '../index.ts'

const password = 'correct horse battery'
const database = await testDatabase()
const { ledger, reads } = walletSide({
  database,
  presence: new LocalPresence(),
  now: Date.now,
  log: quietLog,
})
let url: string
beforeAll(async () => {
  url = (await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })).url
})

const account = async (username: string) => {
  const odeon = new Odeon(url)
  await odeon.auth.register({ username, email: `${username}@odeon.test`, password })
  return odeon
}
const idOf = ({ auth }: Odeon) => auth.user?.id ?? ''
const topUp = (userId: string, amount: number) => {
  const from = { kind: 'gateway', currency: 'coin' } as const
  const to = { kind: 'user', userId, currency: 'coin' } as const
  const movement = { do: 'post' as const, legs: [{ from, to, amount }] }
  return ledger.transfer({ id: `top-up-${userId}`, by: 'test', kind: 'topup', movement })
}
const coinsOf = async (odeon: Odeon) => (await reads.view(idOf(odeon))).coin
const sentTo = (room: LiveConnection) => {
  const sent: GiftSent[] = []
  room.on('gift.sent', (gift) => void sent.push(gift))
  return sent
}

test('[GFT-01] [GFT-09] coins go from a viewer to host and house, once, and everybody sees it', async () => {
  const [host, ann, bob] = [await account('giver_host'), await account('ann'), await account('bob')]
  await topUp(idOf(ann), 1_000)
  const { id } = await host.streams.create({ title: 'Given' })
  const stage = await host.live.join(id)
  const [anns, bobs] = [await ann.live.join(id), await bob.live.join(id)]
  await stage.start()
  const [seen, seenByHost] = [sentTo(bobs), sentTo(stage)]

  const requestId = 'gift-of-ann-1'
  const reply = await anns.gifts.send({ giftId: 'kite', quantity: 3 }, { requestId })
  expect(reply).toMatchObject({ n: 1, coins: 300, comboUnits: 3, balanceCoins: 700 })
  await vi.waitFor(() => {
    for (const gifts of [seen, seenByHost]) {
      expect(gifts).toMatchObject([{ n: 1, from: { id: idOf(ann), name: 'ann' }, coins: 300 }])
    }
    expect(bobs.state.gifts).toMatchObject({ n: 1, coins: 300 })
    expect(bobs.state.gifts?.supporters[0]).toMatchObject({ id: idOf(ann), coins: 300 })
  })
  expect([await coinsOf(ann), await coinsOf(host)]).toEqual([700, 210])

  const more = await anns.gifts.send({ giftId: 'kite', quantity: 2 })
  expect(more).toMatchObject({ n: 2, comboId: reply.comboId, comboUnits: 5, balanceCoins: 500 })
  const tooMuch = anns.gifts.send({ giftId: 'danphe' })
  await expect(tooMuch).rejects.toMatchObject({ code: 'insufficient_coins' })
  await expect(bobs.gifts.send({ giftId: 'rose' })).rejects.toMatchObject({
    code: 'insufficient_coins',
  })
  await expect(anns.gifts.send({ giftId: 'marigold' })).rejects.toMatchObject({
    code: 'tier_needed',
  })
  // The same again is the same.
  expect(await anns.gifts.send({ giftId: 'kite', quantity: 3 }, { requestId })).toEqual(reply)
  expect([await coinsOf(ann), await coinsOf(host)]).toEqual([500, 350])
  const { lines } = await reads.statement(idOf(ann), { currency: 'coin', limit: 1 })
  expect(lines).toMatchObject([{ kind: 'gift', amount: -200, balance: 500 }])
  await stage.end()
  await Promise.all([stage, anns, bobs].map((room) => room.leave()))
})

test('[GFT-10] [GFT-11] a statement says what was given, in which stream, and what it cost in all', async () => {
  const [host, cem] = [await account('told_host'), await account('told_cem')]
  await topUp(idOf(cem), 1_000)
  const { id } = await host.streams.create({ title: 'Told afterwards' })
  const [stage, seat] = [await host.live.join(id), await cem.live.join(id)]
  await stage.start()
  await seat.gifts.send({ giftId: 'kite', quantity: 3 })
  const stream = { id, title: 'Told afterwards' }
  const gift = { giftId: 'kite', quantity: 3, coins: 300, stream }
  const given = await cem.wallet.statement()
  expect(given.lines).toMatchObject([
    { kind: 'gift', amount: -300, balance: 700, with: { name: 'told_host' }, gift },
    { kind: 'topup', amount: 1_000, gift: null },
  ])
  const got = await host.wallet.statement()
  expect(got.lines).toMatchObject([{ amount: 210, with: { name: 'told_cem' }, gift }])
  expect((await stage.end()).numbers.coins).toBe(300)
  await Promise.all([stage, seat].map((room) => room.leave()))
})

test('[GFT-09] what can be given is listed with its price, cheapest first', async () => {
  const { gifts, quantityMax } = await new Odeon(url).gifts.catalogue()
  expect(gifts).toHaveLength(12)
  expect(quantityMax).toBe(999)
  expect(gifts.map(({ priceCoins }) => priceCoins)).toEqual(
    gifts.map(({ priceCoins }) => priceCoins).toSorted((one, other) => one - other),
  )
  expect(new Set(gifts.map(({ effect }) => effect))).toEqual(
    new Set(['tap', 'burst', 'banner', 'stage']),
  )
})
