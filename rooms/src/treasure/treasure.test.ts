// What a room does with a treasure box: who may, in which order it says no, what is told once.
import { expect, it, vi } from 'vitest'
import type { Member } from '../kit/member.ts'
import { Memory } from '../kit/memory.ts'
import { kitLimits } from '../kit/protocol.ts'
import { MemoryTreasures } from '../testing/memory-treasures.ts'
import { countingWorld } from '../testing/memory-ports.ts'
import { recordingScope } from '../testing/recording-scope.ts'
import { claimTreasure } from './claim-treasure.ts'
import { fundTreasure } from './fund-treasure.ts'
import { type TreasureEvents, treasureFund, treasureLimits } from './protocol.ts'
import { Treasure } from './state.ts'
import { type Told, TreasureHouse } from './treasure-house.ts'
import type { TreasureRecord } from './treasure-record.ts'
import type { TreasureScope } from './treasure-scope.ts'

const streamId = 'stream'
const member = (id: string, more: Partial<Member> = {}): Member => {
  return { id, name: `Name of ${id}`, role: 'viewer', kind: 'account', joinedAt: 0, ...more }
}

function bench() {
  const clock = { now: 100_000_000 }
  const world = countingWorld(() => clock.now)
  const desk = new MemoryTreasures(world, new Map([['host', 1_000]]))
  const room = { isMuted: false, phase: 'live' as 'pending' | 'live' | 'ended' }
  const state = {
    streamId,
    get phase() {
      return room.phase
    },
  }
  const kit = recordingScope<TreasureScope['state'], TreasureEvents>(state, world)
  const failures: unknown[] = []
  const open = (memory = new Memory(), told?: Told) =>
    new TreasureHouse({
      streamId,
      state: treasure,
      desk,
      memory,
      announce: kit.announce,
      told: () => told,
      now: world.now,
      isLive: () => room.phase === 'live',
      isCutOff: () => false,
      touch: () => {},
      aside: (work) => void work.catch((error: unknown) => failures.push(error)),
    })
  const treasure = new Treasure()
  const house = open()
  const timeout = { kind: 'timeout', until: clock.now + 1 }
  const scope: TreasureScope = {
    ...kit,
    standings: { sanctionOf: () => (room.isMuted ? (timeout as never) : null) },
    treasures: { desk, house },
  }
  let asked = 0
  const fund = (more: object = {}) => {
    const requestId = `request-${(asked += 1)}`
    const terms = { coins: 90, shares: 3, opensInSeconds: 60, openSeconds: 30, ...more }
    return fundTreasure(scope, member('host', { role: 'host' }), { requestId, ...terms })
  }
  const claim = (who: string, boxId: string, more: Partial<Member> = {}) => {
    const requestId = `request-${(asked += 1)}`
    return claimTreasure(scope, member(who, more), { requestId, boxId, luck: `luck-${asked}` })
  }
  const heard = (type: string) =>
    kit.said.announced.filter((said) => said.type === type).map(({ entry }) => entry)
  return { clock, desk, room, treasure, house, open, scope, fund, claim, heard, failures }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code,
  )

it('[TRE-01] what a box is filled with has bounds, and each no its name', async () => {
  const { room, scope, fund, desk, heard } = bench()
  const good = { requestId: 'request-1', coins: 10, shares: 1, opensInSeconds: 5 }
  expect(treasureFund.parse(good)).toEqual({ ...good, openSeconds: 30 })
  const wrong = [
    { coins: 9 },
    { coins: 1_000_001 },
    { coins: 10.5 },
    { shares: 0 },
    { shares: 51 },
    { opensInSeconds: 4 },
    { opensInSeconds: 1_801 },
    { openSeconds: 9 },
    { openSeconds: 121 },
    { seed: 'mine' },
  ]
  for (const one of wrong) expect(treasureFund.safeParse({ ...good, ...one }).success).toBe(false)
  room.phase = 'pending'
  expect(await codeOf(fund())).toBe('not_live')
  room.phase = 'live'
  expect(await codeOf(fund({ coins: 10, shares: 11 }))).toBe('coins_below_shares')
  expect(await codeOf(fund({ coins: 1_001 }))).toBe('insufficient_coins')
  expect(desk.balances.get('host')).toBe(1_000)
  await fund()
  expect(await codeOf(fund())).toBe('box_there')
  const off = { ...scope, treasures: undefined }
  const message = { ...good, openSeconds: 30 }
  expect(await codeOf(fundTreasure(off, member('host'), message))).toBe('no_treasure')
  expect(heard('treasure.funded')).toMatchObject([{ coins: 90, shares: 3, by: { id: 'host' } }])
})

it('[TRE-03] each no to a claim has its name, in a fixed order', async () => {
  const { clock, room, scope, house, fund, claim } = bench()
  const { boxId } = await fund()
  const off = { ...scope, treasures: undefined }
  const message = { requestId: 'request-x', boxId, luck: 'luck' }
  expect(await codeOf(claimTreasure(off, member('ann'), message))).toBe('no_treasure')
  Object.assign(room, { isMuted: true, phase: 'ended' })
  const late = { kind: 'guest', joinedAt: clock.now + 60_000 } as const
  const codes = [await codeOf(claim('host', 'wrong', late))]
  room.isMuted = false
  codes.push(await codeOf(claim('host', 'wrong', late)))
  room.phase = 'live'
  codes.push(await codeOf(claim('host', 'wrong', late)))
  const joinedAt = clock.now + 60_000
  codes.push(await codeOf(claim('host', 'wrong', { joinedAt })))
  codes.push(await codeOf(claim('host', boxId, { joinedAt })))
  codes.push(await codeOf(claim('ann', boxId, { joinedAt })))
  clock.now += 60_000
  codes.push(await codeOf(claim('ann', boxId, { joinedAt })))
  codes.push(await codeOf(claim('ann', boxId, { joinedAt: joinedAt - 1 })))
  codes.push(await codeOf(claim('ann', boxId)))
  clock.now += 30_000
  codes.push(await codeOf(claim('bob', boxId)))
  expect(codes).toEqual([
    'timed_out',
    'not_live',
    'account_required',
    'no_box',
    'own_box',
    'box_not_open',
    'came_later',
    'ok',
    'already_claimed',
    'box_over',
  ])
  expect(house.box?.claims).toBe(0)
})

it('[TRE-04] [TRE-08] what was kept is told when it is asked again, whatever is over meanwhile', async () => {
  const { clock, room, desk, open, scope, fund } = bench()
  const { boxId, opensAt, endsAt } = await fund({ requestId: 'request-of-host' })
  clock.now = opensAt
  const ann = member('ann', { joinedAt: clock.now })
  // Kept, and the process died before it answered.
  const luck = 'four-leaved'
  const kept = await desk.claim({ boxId, by: { id: 'ann', name: 'Ann' }, luck, askedAt: opensAt })
  const again = (more: object = {}) =>
    claimTreasure(scope, ann, { requestId: 'request-1', boxId, luck, ...more })
  const told = { boxId, endsAt, ticket: 'ticket' in kept && kept.ticket }
  expect(await again()).toEqual(told)
  expect(await codeOf(again({ luck: 'another' }))).toBe('already_claimed')
  clock.now = endsAt
  expect(await again()).toEqual(told)
  room.phase = 'ended'
  expect(await again()).toEqual(told)
  scope.treasures?.house.stop()
  const successor = { ...scope, treasures: { desk, house: open() } }
  const message = { requestId: 'request-of-host', coins: 90, shares: 3 }
  const terms = { ...message, opensInSeconds: 60, openSeconds: 30 }
  const host = member('host', { role: 'host' })
  expect(await fundTreasure(successor, host, terms)).toMatchObject({ boxId, balanceCoins: 910 })
  const another = fundTreasure(successor, host, { ...terms, requestId: 'request-2' })
  expect(await codeOf(another)).toBe('not_live')
})

it('[TRE-02] everybody sees where it stands, and what came of it for a minute', async () => {
  const { clock, treasure, house, fund, claim, heard } = bench()
  const { boxId, opensAt, endsAt } = await fund()
  expect(treasure).toMatchObject({ id: boxId, phase: 'waiting', until: opensAt, coins: 90 })
  clock.now = opensAt
  house.beat(clock.now)
  expect(treasure).toMatchObject({ phase: 'open', until: endsAt, claims: 0 })
  for (const who of ['ann', 'bob', 'cia', 'dan']) await claim(who, boxId)
  expect(treasure.claims).toBe(4)
  clock.now = endsAt
  house.beat(clock.now)
  expect(treasure).toMatchObject({ phase: 'drawing', until: endsAt + treasureLimits.tallyMs })
  expect(heard('treasure.drawn')).toEqual([])
  clock.now += treasureLimits.tallyMs
  await vi.waitFor(() => {
    house.beat(clock.now)
    expect(treasure.phase).toBe('drawn')
  })
  expect(treasure.lucky.toArray().reduce((sum, { coins }) => sum + coins, 0)).toBe(90)
  expect(heard('treasure.drawn')).toMatchObject([{ boxId, claims: 4, returnedCoins: 0 }])
  expect(await codeOf(fund())).toBe('box_there')
  clock.now += treasureLimits.shownMs
  house.beat(clock.now)
  expect(treasure).toMatchObject({ phase: 'none', lucky: { length: 0 } })
  house.beat(clock.now)
  expect(heard('treasure.drawn')).toHaveLength(1)
})

it('[TRE-09] a successor tells what nobody was told, and nothing twice', async () => {
  const { clock, desk, open, fund, heard, house } = bench()
  const { boxId, endsAt } = await fund()
  house.stop()
  clock.now = endsAt + treasureLimits.tallyMs
  await desk.settle(boxId)
  // By what it remembers, or by the log: whichever is ahead.
  const after = (isDrawn: boolean) => new Memory({ treasure: { boxId, isDrawn } })
  await open(after(true)).open()
  await open(after(false), { boxId, isDrawn: true }).open()
  expect(heard('treasure.drawn')).toEqual([])
  await open(after(false)).open()
  expect(heard('treasure.drawn')).toMatchObject([{ boxId, returnedCoins: 90 }])
  expect(heard('treasure.funded')).toHaveLength(1)
  // Long over, and neither knows of it any more.
  clock.now += treasureLimits.shownMs
  await open().open()
  expect([heard('treasure.funded').length, heard('treasure.drawn').length]).toEqual([1, 1])
})

it('[TRE-09] before a room has looked, a claim waits for it instead of finding no box', async () => {
  const { clock, desk, open, scope, fund } = bench()
  const { boxId, opensAt } = await fund()
  clock.now = opensAt
  const successor = { ...scope, treasures: { desk, house: open() } }
  const message = { requestId: 'request-1', boxId, luck: 'luck' }
  expect(await claimTreasure(successor, member('ann'), message)).toMatchObject({ boxId })
})

it('[TRE-09] behind a kill who comes back within a lost connection is there still, not later', async () => {
  const { clock, open, fund, house } = bench()
  const { opensAt } = await fund()
  house.stop()
  clock.now = opensAt + 1_000
  const successor = open()
  await successor.open()
  const box = successor.box as TreasureRecord
  expect(house.lateFrom(box)).toBe(opensAt)
  expect(successor.lateFrom(box)).toBe(clock.now + kitLimits.resumeWindowMs)
})

it('[TRE-02] another box has nobody of the one before among its lucky ones', async () => {
  const { clock, desk, treasure, house, fund, claim } = bench()
  const idsOf = () => treasure.lucky.toArray().map(({ id }) => id)
  for (const who of ['ann', 'bob']) {
    const { boxId, opensAt, endsAt } = await fund()
    clock.now = opensAt
    await claim(who, boxId)
    clock.now = endsAt + treasureLimits.tallyMs
    const drawn = (await desk.settle(boxId)) as TreasureRecord
    house.take(drawn)
    expect(idsOf()).toEqual([who])
    clock.now += treasureLimits.shownMs
  }
})
