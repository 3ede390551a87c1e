// The line to the media server comes back by itself: the clock and the media server are the test's.
import type { MediaTicket } from '@odeon/rooms/protocol'
import { expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { handWorld } from '../testing/hand-world.ts'
import { type LostBecause, type LineHandlers, type MediaLine } from './media-line.ts'
import { MediaLink } from './media-link.ts'

const none: MediaLine = {
  granted: new Set(),
  isSoundBlocked: false,
  people: () => new Map(),
  trackOf: () => undefined,
  hush: () => undefined,
  setVolume: () => undefined,
  setQuality: () => undefined,
  unblockSound: () => Promise.resolve(),
  setSpeaker: () => Promise.resolve(),
  stats: () => Promise.reject(new Error('not asked for')),
  close: () => Promise.resolve(),
}

function bench() {
  const world = handWorld()
  const tabs: string[] = []
  const lines: LineHandlers[] = []
  const now = { isCarried: true, refusal: undefined as Refusal | undefined, isReached: true }
  const link = new MediaLink({
    world: { ...world, newId: () => `${world.newId()}-of-a-tab` },
    isCarried: () => now.isCarried,
    ticket: async (tab) => {
      tabs.push(tab)
      if (now.refusal) throw now.refusal
      return { url: '', token: `${tabs.length}`, identity: '', expiresAt: 0 } satisfies MediaTicket
    },
    open: async (_, handlers) => {
      if (!now.isReached) throw new Error('unreachable')
      lines.push(handlers)
      return none
    },
    lineChanged: () => undefined,
    statusChanged: () => undefined,
    changed: () => undefined,
    levels: () => undefined,
  })
  const turn = async (ms = 0) => {
    world.advance(ms)
    for (let i = 0; i < 10; i++) await Promise.resolve()
  }
  const lose = (because: LostBecause) => lines.at(-1)?.lost(because)
  return { world, link, now, tabs, lines, turn, lose }
}

test('[PLY-01] each line is made by a fresh ticket, of the same tab', async () => {
  const { link, tabs, lines, turn, lose } = bench()
  link.join()
  expect(link.status).toBe('connecting')
  await turn()
  expect(link.status).toBe('on')
  lose('away')
  expect(link.status).toBe('reconnecting')
  await turn(1_000)
  expect(link.status).toBe('on')
  expect([tabs.length, new Set(tabs).size, lines.length]).toEqual([2, 1, 2])
})

test('[PLY-02] while media are away it tries again with growing pauses', async () => {
  const { link, now, tabs, turn } = bench()
  now.isReached = false
  link.join()
  await turn()
  expect(link.status).toBe('unavailable')
  for (let second = 0; second < 60; second++) await turn(1_000)
  expect(tabs.length).toBeGreaterThan(3)
  expect(tabs.length).toBeLessThan(15)
  now.isReached = true
  await turn(30_000)
  expect(link.status).toBe('on')
})

test('[PLY-02] told by the room that they are away it asks nothing, and comes when they are back', async () => {
  const { link, now, tabs, turn, world } = bench()
  now.isCarried = false
  link.join()
  await turn(120_000)
  expect([link.status, tabs.length, world.waiting()]).toEqual(['unavailable', 0, 0])
  now.isCarried = true
  link.carriedChanged()
  await turn(1_000)
  expect(link.status).toBe('on')
})

test('[PLY-02] who left is not brought back, whatever comes later', async () => {
  const { link, lines, turn, world } = bench()
  link.join()
  await link.leave()
  await turn(60_000)
  expect([link.status, link.line, world.waiting()]).toEqual(['off', undefined, 0])
  lines.at(-1)?.lost('away')
  await turn(60_000)
  expect(link.status).toBe('off')
})

test('[PLY-06] a copied tab takes a name of its own; who is put out twice stays out, with the reason', async () => {
  const { link, tabs, turn, lose } = bench()
  link.join()
  await turn()
  lose('replaced')
  await turn(1_000)
  expect(link.status).toBe('on')
  expect(new Set(tabs).size).toBe(2)
  lose('removed')
  await turn(1_000)
  expect(link.status).toBe('on')
  lose('removed')
  await turn(60_000)
  expect([link.status, link.failure?.message]).toEqual(['off', 'You were put out.'])
})

test.each(['not_allowed', 'blocked'])(
  '[PLY-06] refused for good, %s, it stays off and says why',
  async (code) => {
    const { link, now, turn } = bench()
    now.refusal = new Refusal({ code, message: 'No.' })
    link.join()
    await turn(60_000)
    expect([link.status, link.failure]).toEqual(['off', now.refusal])
  },
)
