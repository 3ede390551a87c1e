// Combos, throne, train, goal and what a room does with the ledger's receipts: plain objects.
import { expect, it } from 'vitest'
import type { Member } from '../kit/member.ts'
import { MemoryGifts } from '../testing/memory-gifts.ts'
import { countingWorld } from '../testing/memory-ports.ts'
import { recordingScope } from '../testing/recording-scope.ts'
import { GiftHouse } from './gift-house.ts'
import type { GiftScope, GiftState } from './gift-scope.ts'
import {
  type GiftEvents,
  type GiftSend,
  giftLimits,
  throneLimits,
  trainLimits,
} from './protocol.ts'
import { sendGift } from './send-gift.ts'
import { setGoal } from './set-goal.ts'
import { Gifts } from './state.ts'

const streamId = 'stream'
const member = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  name: `Name of ${id}`,
  role: 'viewer',
  kind: 'account',
  joinedAt: 0,
  ...more,
})

function bench() {
  const clock = { now: 100_000_000 }
  const world = countingWorld(() => clock.now)
  const desk = new MemoryGifts(world)
  const room = { isHosted: true, isMuted: false, phase: 'live' as GiftState['phase'] }
  const gifts = new Gifts()
  const state = {
    streamId,
    gifts,
    get phase() {
      return room.phase
    },
  }
  const kit = recordingScope<GiftState, GiftEvents>(state, world)
  const open = (over = gifts) =>
    new GiftHouse({
      streamId,
      gifts: over,
      desk,
      announce: kit.announce,
      now: world.now,
      personOf: (from) => ({ ...from, role: 'viewer' }),
    })
  const house = open()
  const isHosted = () => room.isHosted
  const timeout = { kind: 'timeout', until: clock.now + 1 }
  const scope: GiftScope = {
    ...kit,
    standings: { sanctionOf: () => (room.isMuted ? (timeout as never) : null) },
    giving: { desk, house, hostId: 'host', isHosted, beat: (now) => house.beat(now) },
  }
  let asked = 0
  const send = (who: string, gift: Partial<GiftSend> = {}, more: Partial<Member> = {}) => {
    const requestId = gift.requestId ?? `request-${(asked += 1)}`
    const message = { giftId: 'rose', quantity: 1, ...gift, requestId }
    return sendGift(scope, member(who, more), message)
  }
  for (const id of ['ann', 'bob', 'cia', 'dan']) desk.balances.set(id, 1_000_000)
  const heard = (type: string) =>
    kit.said.announced.filter((said) => said.type === type).map(({ entry }) => entry)
  return { clock, desk, room, gifts, house, open, scope, send, heard, said: kit.said }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code,
  )

it('[GFT-01] a gift is told once, with what the ledger says of it, and the sender what is left', async () => {
  const { house, send, heard, gifts } = bench()
  await house.open()
  const requestId = 'request-once'
  const reply = await send('ann', { giftId: 'comet', quantity: 3, requestId })
  expect(reply).toMatchObject({ n: 1, coins: 1_500, comboUnits: 3, balanceCoins: 998_500 })
  const again = await send('ann', { giftId: 'comet', quantity: 3, requestId })
  expect(again).toEqual(reply)
  expect(heard('gift.sent')).toMatchObject([
    { n: 1, from: { id: 'ann', role: 'viewer' }, giftId: 'comet', quantity: 3, coins: 1_500 },
  ])
  expect(JSON.stringify(heard('gift.sent'))).not.toMatch(/\b998500\b/)
  expect(gifts).toMatchObject({ n: 1, coins: 1_500 })
})

it('[GFT-02] each no has its name, in a fixed order, and nobody hears of it', async () => {
  const { desk, room, scope, send, said } = bench()
  const none = { ...scope, giving: undefined }
  const message = { giftId: 'rose', quantity: 1, requestId: 'request-x' }
  expect(await codeOf(sendGift(none, member('ann'), message))).toBe('no_wallet')
  const wrong = { giftId: 'no_such' }
  const all = { kind: 'guest' } as const
  Object.assign(room, { isMuted: true, phase: 'pending', isHosted: false })
  const codes = [await codeOf(send('host', wrong, all))]
  room.isMuted = false
  codes.push(await codeOf(send('host', wrong, all)))
  room.phase = 'live'
  codes.push(await codeOf(send('host', wrong, all)))
  codes.push(await codeOf(send('host', wrong)))
  codes.push(await codeOf(send('ann', wrong)))
  codes.push(await codeOf(send('ann')))
  room.isHosted = true
  codes.push(await codeOf(send('ann', { giftId: 'crown' })))
  desk.balances.set('ann', 2)
  codes.push(await codeOf(send('ann', { quantity: 3 })))
  expect(codes).toEqual([
    'timed_out',
    'not_live',
    'accounts_only',
    'own_stream',
    'unknown_gift',
    'host_away',
    'tier_needed',
    'insufficient_coins',
  ])
  expect(said.announced).toEqual([])
})

it('[GFT-03] a combo is the sum of its gifts, waits for those underway, and closes by itself', async () => {
  const { clock, desk, house, send, heard } = bench()
  await house.open()
  await send('ann', { quantity: 2 })
  clock.now += giftLimits.comboMs - 1
  await send('ann', { quantity: 3 })
  await send('bob')
  let letGo = () => {}
  desk.before = () => new Promise((resolve) => (letGo = resolve))
  const underway = send('ann', { quantity: 5 })
  clock.now += giftLimits.comboMs
  house.beat(clock.now)
  // Of one gift alone nobody says that it is over.
  expect(heard('gift.combo_closed')).toEqual([])
  letGo()
  const { comboUnits, comboId } = await underway
  expect(comboUnits).toBe(10)
  clock.now += giftLimits.comboMs
  house.beat(clock.now)
  expect(heard('gift.combo_closed')).toMatchObject([{ comboId, from: { id: 'ann' }, units: 10 }])
  desk.before = () => Promise.resolve()
  expect((await send('ann')).comboId).not.toBe(comboId)
})

it('[GFT-04] what the ledger took and nobody was told of is told, once and in order', async () => {
  const { desk, open, send, heard, gifts, house } = bench()
  await house.open()
  await send('ann')
  // Killed behind the ledger and before anybody was told.
  desk.behind = () => Promise.reject(new Error('killed'))
  for (const who of ['bob', 'cia']) await expect(send(who)).rejects.toThrow('killed')
  expect(gifts.n).toBe(1)
  const successor = open()
  await successor.open()
  expect(heard('gift.sent').map((entry) => (entry as unknown as { n: number }).n)).toEqual([
    1, 2, 3,
  ])
  // A gift of another process is told with the next one of this.
  const other = { giftId: 'rose', quantity: 1, comboId: 'other', askedAt: 0 }
  const ask = { ...other, id: 'other', streamId, from: { id: 'dan', name: 'Dan' }, to: 'host' }
  desk.behind = () => Promise.resolve()
  await desk.send(ask)
  await send('ann')
  expect(heard('gift.sent').map((entry) => (entry as unknown as { n: number }).n)).toEqual([
    1, 2, 3, 4, 5,
  ])
})

it('[GFT-04] answers that come in another order are told in the ledger’s', async () => {
  const { desk, house, heard, gifts } = bench()
  const ask = { streamId, to: 'host', giftId: 'rose', quantity: 1, comboId: 'c', askedAt: 0 }
  const outcomes = await Promise.all(
    ['ann', 'bob', 'cia'].map((id) => desk.send({ ...ask, id, from: { id, name: id } })),
  )
  const receipts = outcomes.flatMap((outcome) => ('receipt' in outcome ? [outcome.receipt] : []))
  await Promise.all(receipts.toReversed().map((receipt) => house.take(receipt)))
  expect(heard('gift.sent').map((entry) => (entry as unknown as { n: number }).n)).toEqual([
    1, 2, 3,
  ])
  expect(gifts.n).toBe(3)
})

it('[GFT-05] five supporters are shown, most first, of equals whoever got there first', async () => {
  const { desk, house, send, gifts } = bench()
  await house.open()
  const coins: Record<string, number> = { a: 5, b: 9, c: 7, d: 1, e: 9, f: 2 }
  for (const [id, quantity] of Object.entries(coins)) {
    desk.balances.set(id, 100)
    await send(id, { quantity })
  }
  const shown = () => gifts.supporters.toArray().map(({ id, coins: given }) => `${id} ${given}`)
  expect(shown()).toEqual(['b 9', 'e 9', 'c 7', 'a 5', 'f 2'])
  await send('d', { quantity: 8 })
  expect(shown()).toEqual(['b 9', 'e 9', 'd 9', 'c 7', 'a 5'])
})

it('[GFT-06] the throne goes to who gave most in the last hour, and is left when that is over', async () => {
  const { clock, house, open, send, heard, gifts } = bench()
  await house.open()
  await send('ann', { quantity: 10 })
  expect(gifts.throne).toMatchObject({ id: 'ann', coins: 10 })
  await send('bob', { quantity: 11 })
  // Held for a minute.
  expect(gifts.throne.id).toBe('ann')
  clock.now += throneLimits.heldMs
  house.beat(clock.now)
  expect(gifts.throne).toMatchObject({ id: 'bob', coins: 11 })
  clock.now += throneLimits.heldMs
  await send('ann', { quantity: 1 })
  // As much is not more.
  expect(gifts.throne.id).toBe('bob')
  const successor = open()
  await successor.open()
  await send('ann', { quantity: 1 })
  expect(gifts.throne).toMatchObject({ id: 'ann', coins: 12 })
  clock.now += throneLimits.windowMs + 120_000
  house.beat(clock.now)
  expect(gifts.throne.id).toBe('')
  expect(heard('throne.claimed').map((entry) => entry['by'])).toMatchObject([
    { id: 'ann' },
    { id: 'bob' },
    { id: 'ann' },
    null,
  ])
})

it('[GFT-07] a train starts with three people, rises by what they give, and rests', async () => {
  const { clock, house, send, heard, gifts } = bench()
  await house.open()
  await send('ann', { quantity: 100 })
  await send('bob', { quantity: 100 })
  clock.now += trainLimits.startWithinMs
  await send('cia', { quantity: 100 })
  await send('ann', { quantity: 100 })
  expect(gifts.train.level).toBe(0)
  await send('bob', { quantity: 100 })
  const [first, second] = trainLimits.goals as unknown as [number, number]
  expect(gifts.train).toMatchObject({ level: 1, coins: 300, goalCoins: first, supporters: 3 })
  await send('dan', { giftId: 'comet', quantity: 2 })
  expect(gifts.train).toMatchObject({ level: 2, coins: 1_300 - first, goalCoins: second })
  clock.now += trainLimits.levelMs
  house.beat(clock.now)
  expect(gifts.train).toMatchObject({ level: 0, restUntil: clock.now + trainLimits.cooldownMs })
  expect(heard('train.moved')).toMatchObject([
    { what: 'started', level: 1, coins: 300, supporters: 3 },
    { what: 'levelled', level: 2, coins: 1_300, supporters: 4 },
    { what: 'ended', level: 2, coins: 1_300, supporters: 4 },
  ])
  for (const who of ['ann', 'bob', 'cia']) await send(who)
  expect(gifts.train.level).toBe(0)
})

it('[GFT-08] a goal counts from when it was set, and is reached once', async () => {
  const { house, scope, send, heard, gifts } = bench()
  await house.open()
  await send('ann', { quantity: 100 })
  const host = member('host', { role: 'host' })
  const goal = { title: 'A lamp', targetCoins: 100 }
  setGoal(scope, host, { requestId: 'request-a', goal })
  expect(() => setGoal(scope, host, { requestId: 'request-b', goal })).toThrow(
    expect.objectContaining({ code: 'no_change' }),
  )
  for (const quantity of [60, 60, 60]) await send('bob', { quantity })
  expect(gifts.goal).toMatchObject({ ...goal, coins: 180 })
  setGoal(scope, host, { requestId: 'request-c', goal: null })
  expect(heard('goal.changed')).toMatchObject([
    { ...goal, isReached: false },
    { ...goal, isReached: true },
    { targetCoins: 0, isReached: false },
  ])
})
