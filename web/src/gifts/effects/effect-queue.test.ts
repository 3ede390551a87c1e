import type { GiftEffect } from '@odeon/rooms/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectLimits, EffectQueue, type ShownGift } from './effect-queue.ts'

const prices = { tap: 1, burst: 100, banner: 1_000, stage: 5_000 }

function gift(effect: GiftEffect, comboId: string, more: Partial<ShownGift> = {}): ShownGift {
  const units = more.units ?? 1
  const from = { id: comboId, name: comboId }
  const coins = prices[effect] * units
  return { comboId, giftId: effect, effect, from, units, coins, isOwn: false, ...more }
}
const combosOf = (queue: EffectQueue) => queue.playing.map(({ comboId }) => comboId)

test('[WEB-190] bigger gifts are shown first, and the largest have the stage for themselves', () => {
  const queue = new EffectQueue()
  for (const [effect, id] of [
    ['banner', 'a'],
    ['stage', 'b'],
    ['banner', 'c'],
  ] as const) {
    queue.offer(gift(effect, id), 0)
  }
  queue.offer(gift('banner', 'd', { units: 3 }), 0)
  queue.turn(0)
  expect(combosOf(queue)).toEqual(['b'])
  const order: (string | undefined)[] = []
  for (let shown = 0; shown < 3; shown++) {
    queue.turn(queue.nextAt ?? 0)
    order.push(combosOf(queue)[0])
  }
  expect(order).toEqual(['d', 'a', 'c'])
})

test('[WEB-190] small gifts do not wait for large ones', () => {
  const queue = new EffectQueue()
  queue.offer(gift('stage', 'a'), 0)
  queue.offer(gift('tap', 'b'), 0)
  queue.offer(gift('burst', 'c'), 0)
  expect(queue.turn(0).map(({ comboId }) => comboId)).toEqual(['b', 'c', 'a'])
})

test('[WEB-190] a combo on the stage counts up and keeps its place, not for ever', () => {
  const queue = new EffectQueue()
  queue.offer(gift('tap', 'a'), 0)
  queue.turn(0)
  let until = 0
  for (let now = 100; now < 60_000; now += 100) {
    until = queue.offer(gift('tap', 'a', { units: now }), now)?.until ?? until
    if (queue.turn(now).length > 0) break
  }
  expect(until).toBe(effectLimits.playMsMax)
  expect(queue.waitingCount).toBe(0)
})

test('[WEB-191] small gifts of one kind by several people are folded into one', () => {
  const queue = new EffectQueue()
  for (let i = 0; i < 3; i++) queue.offer(gift('tap', `full${i}`, { giftId: `g${i}` }), 0)
  queue.turn(0)
  queue.offer(gift('tap', 'ann', { units: 2 }), 1)
  queue.offer(gift('tap', 'bea', { units: 5 }), 2)
  queue.offer(gift('tap', 'ann', { units: 3 }), 3)
  expect(queue.waitingCount).toBe(1)
  const [shown] = queue.turn(effectLimits.playMs.tap)
  expect(shown).toMatchObject({ units: 8, others: 1, from: { name: 'ann' } })
})

test('[WEB-191] beyond the bound the least is left out; what waited too long is, too', () => {
  const queue = new EffectQueue()
  for (let i = 0; i < effectLimits.waitingMax + 10; i++) {
    queue.offer(gift('burst', `b${i}`, { units: i + 1 }), 0)
  }
  expect(queue.waitingCount).toBe(effectLimits.waitingMax)
  queue.turn(0)
  expect(combosOf(queue)).toEqual(['b33', 'b32'])
  queue.turn(effectLimits.patienceMs.burst + 1)
  expect([queue.waitingCount, queue.playing.length]).toEqual([0, 0])
})

test('[WEB-191] one’s own gift is shown whatever comes, and first in its place', () => {
  const queue = new EffectQueue()
  for (let i = 0; i < 60; i++) queue.offer(gift('tap', `t${i}`, { giftId: `g${i}`, units: 99 }), 0)
  queue.turn(0)
  queue.offer(gift('tap', 'mine', { isOwn: true }), 1)
  for (let i = 60; i < 120; i++) queue.offer(gift('tap', `t${i}`, { giftId: `g${i}` }), 2)
  const begun = queue.turn(effectLimits.patienceMs.tap * 20)
  expect(begun.map(({ comboId }) => comboId)).toEqual(['mine'])
})

test('[WEB-192] what was on the stage goes on after nobody looked, and can be skipped', () => {
  const queue = new EffectQueue()
  queue.offer(gift('stage', 'a'), 0)
  queue.offer(gift('tap', 'b'), 0)
  queue.turn(0)
  queue.resume(60_000)
  queue.turn(60_500)
  expect(combosOf(queue)).toEqual(['b', 'a'])
  queue.skip(60_600)
  queue.turn(60_600)
  expect(combosOf(queue)).toEqual(['b'])
})

test('[WEB-191] whatever comes in whatever order, the bounds hold and own gifts are shown', () => {
  const effects = fc.constantFrom<GiftEffect>('tap', 'burst', 'banner', 'stage')
  const step = fc.record({
    effect: effects,
    combo: fc.nat({ max: 60 }),
    kind: fc.nat({ max: 3 }),
    isOwn: fc.boolean(),
    afterMs: fc.nat({ max: 900 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const queue = new EffectQueue()
      const seen = new Set<string>()
      const own = new Set<string>()
      let now = 0
      const look = () => {
        queue.turn(now)
        for (const { isOwn, giftId } of queue.playing) if (isOwn) seen.add(giftId)
        const { small, medium, large } = effectLimits.atOnce
        expect(queue.playing.length).toBeLessThanOrEqual(small + medium + large)
        expect(queue.waitingCount).toBeLessThanOrEqual(effectLimits.waitingMax + 16)
      }
      for (const { effect, combo, kind, isOwn, afterMs } of steps) {
        now += afterMs
        const giftId = `${effect}${kind}`
        if (isOwn) own.add(giftId)
        const comboId = `${isOwn ? 'own' : 'other'}${combo}${giftId}`
        queue.offer(gift(effect, comboId, { giftId, isOwn }), now)
        look()
      }
      for (let turns = 0; turns < 100 && queue.nextAt !== undefined; turns++) {
        now = queue.nextAt
        look()
      }
      expect([...own].filter((id) => !seen.has(id))).toEqual([])
    }),
  )
})
