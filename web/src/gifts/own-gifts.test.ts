import { giftLimits } from '@odeon/rooms/protocol'
import { type GiftReply, type LiveConnection, Refusal, Unavailable } from '@odeon/sdk'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OwnGifts } from './own-gifts.ts'

interface Asked {
  giftId: string
  requestId: string
  land: (reply: GiftReply) => void
  fail: (why: Error) => void
}

function open() {
  const asked: Asked[] = []
  const send = (gift: { giftId: string }, options: { requestId: string }) =>
    new Promise((land, fail) => {
      asked.push({ giftId: gift.giftId, requestId: options.requestId, land, fail })
    })
  const room = { gifts: { send } } as unknown as LiveConnection
  const own = new OwnGifts(room, () => undefined)
  return { own, asked }
}

const kites = { giftId: 'kite', quantity: 3, coins: 300 }
const reply = (comboUnits: number, balanceCoins: number) =>
  ({ id: 't', n: 1, ...kites, comboId: 'c', comboUnits, balanceCoins }) as unknown as GiftReply

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[WEB-181] an own gift is seen once, whether its event or its answer comes first', async () => {
  const { own, asked } = open()
  const sent = own.send(kites)
  expect(own.gifts).toMatchObject([{ ...kites, state: 'sending' }])
  own.land({ giftId: 'kite', quantity: 3, comboUnits: 3 })
  expect(own.gifts).toEqual([])
  expect([own.coinsUnderway, own.unitsOf('kite')]).toEqual([300, 3])
  const paid: number[] = []
  own.onPaid((coins) => paid.push(coins))
  asked[0]?.land(reply(3, 700))
  await sent
  expect([own.gifts, own.coinsUnderway, paid, own.landed]).toEqual([[], 0, [700], 1])
  own.land({ giftId: 'kite', quantity: 3, comboUnits: 3 })
  expect(own.gifts).toEqual([])
})

test('[WEB-181] without an answer it stays, and goes again with the id it had', async () => {
  const { own, asked } = open()
  const sent = own.send(kites)
  asked[0]?.fail(new Unavailable('deadline'))
  await sent
  expect(own.gifts).toMatchObject([{ ...kites, state: 'failed' }])
  expect(own.coinsUnderway).toBe(0)
  // Another of the same kind arrives: that says nothing about this one.
  own.land({ giftId: 'kite', quantity: 3, comboUnits: 3 })
  expect(own.gifts).toHaveLength(1)
  const [gift] = own.gifts
  if (gift) own.sendAgain(gift)
  expect(own.gifts).toMatchObject([{ state: 'sending' }])
  expect(asked[1]?.requestId).toBe(asked[0]?.requestId)
  asked[1]?.land(reply(3, 700))
  await vi.advanceTimersByTimeAsync(0)
  expect(own.gifts).toEqual([])
})

test('[WEB-182] a refused gift leaves no line; the reason stays until the next is sent', async () => {
  const { own, asked } = open()
  const sent = own.send(kites)
  asked[0]?.fail(new Refusal({ code: 'insufficient_coins', message: 'Not enough.' }))
  await sent
  expect(own.gifts).toEqual([])
  expect(own.refused).toMatchObject({ code: 'insufficient_coins', coins: 300, quantity: 3 })
  void own.send({ ...kites, quantity: 1, coins: 100 })
  expect(own.refused).toBeNull()
})

test('[WEB-183] the combo counts what is on its way, and closes by itself', async () => {
  const { own, asked } = open()
  const first = own.send(kites)
  asked[0]?.land(reply(3, 700))
  await first
  void own.send(kites)
  void own.send({ giftId: 'rose', quantity: 10, coins: 10 })
  expect([own.unitsOf('kite'), own.unitsOf('rose')]).toEqual([6, 10])
  expect(own.combo).toMatchObject({ giftId: 'kite', units: 3 })
  own.beat(Date.now() + giftLimits.comboMs - 1)
  expect(own.combo).not.toBeNull()
  own.beat(Date.now() + giftLimits.comboMs)
  expect(own.combo).toBeNull()
})
