/** Gifts in a live room as unmodified Colyseus clients meet them, with a process that is killed. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { LiveState } from '../live/state.ts'
import { FlakyJournal } from '../testing/flaky-journal.ts'
import { countingWorld, memoryPorts } from '../testing/memory-ports.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import type { GiftReply, GiftSent } from './protocol.ts'

const journal = new FlakyJournal()
const ports = memoryPorts(countingWorld(), journal)
let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({}, ports)
})
afterAll(() => server.stop())

let asked = 0
const ask = ({ room }: Joined, command: string, message: object = {}) =>
  room.request(command, { requestId: `request-${(asked += 1)}`, ...message })
const giftsOf = ({ room }: Joined) => (room.state as LiveState).gifts
const sentTo = ({ told }: Joined) =>
  told
    .filter(({ type }) => type === 'gift.sent')
    .map(({ payload }) => payload as unknown as GiftSent)

it('[GFT-01] [GFT-05] everybody sees a gift, and what is left only who gave it', async () => {
  await server.openStream('given', 'host')
  const host = await server.join('given', 'user:host')
  const [ann, bob] = [
    await server.join('given', 'user:ann'),
    await server.join('given', 'user:bob'),
  ]
  await ask(host, 'stream.start')
  ports.gifts.balances.set('ann', 777_001)
  const reply = (await ask(ann, 'gift.send', { giftId: 'rose' })) as GiftReply
  expect(reply).toMatchObject({ coins: 1, balanceCoins: 777_000 })
  await vi.waitFor(() => {
    for (const one of [host, bob, ann]) {
      expect(sentTo(one)).toMatchObject([{ n: 1, from: { id: 'ann' }, giftId: 'rose' }])
      expect(giftsOf(one)).toMatchObject({ n: 1, coins: 1, throne: { id: 'ann' } })
    }
  })
  const late = await server.join('given', 'user:late')
  const seen = JSON.stringify([host.told, bob.told, late.told, bob.room.state, late.room.state])
  expect(seen).toContain('Name of ann')
  // Whole numbers: the digits may stand in some time of day.
  expect(seen).not.toMatch(/\b77700[01]\b|balanceCoins/)
})

it('[GFT-04] a process killed between ledger and room: its successor tells what was given', async () => {
  await server.openStream('killed', 'host')
  const host = await server.join('killed', 'user:host')
  const [ann, bob] = [
    await server.join('killed', 'user:ann'),
    await server.join('killed', 'user:bob'),
  ]
  await ask(host, 'stream.start')
  for (const id of ['ann', 'bob']) ports.gifts.balances.set(id, 1_000)
  await ask(ann, 'gift.send', { giftId: 'rose', quantity: 2 })
  await ask(host, 'goal.set', { goal: { title: 'A lamp', targetCoins: 100 } })
  await vi.waitFor(() => expect(sentTo(bob)).toHaveLength(1))

  // The ledger takes these; the answers never come.
  const taken = vi.fn()
  ports.gifts.behind = () => {
    taken()
    return new Promise(() => {})
  }
  const requestId = 'request-of-bob'
  void ask(bob, 'gift.send', { giftId: 'rose', quantity: 7, requestId }).catch(() => undefined)
  void ask(ann, 'gift.send', { giftId: 'rose', quantity: 3 }).catch(() => undefined)
  await vi.waitFor(() => expect(taken).toHaveBeenCalledTimes(2))
  journal.mood = 'deaf'
  await server.room('killed').disconnect(4421)
  await vi.waitUntil(() => server.room('killed') === undefined)
  journal.mood = 'well'
  ports.gifts.behind = () => Promise.resolve()
  await server.reopen('killed')

  const [back, late] = [
    await server.join('killed', 'user:bob'),
    await server.join('killed', 'user:late'),
  ]
  await vi.waitFor(() => {
    for (const one of [back, late]) expect(giftsOf(one)).toMatchObject({ n: 3, coins: 12 })
  })
  const kept = ports.archive.records.get('live_killed') ?? []
  const sent = kept.filter(({ type }) => type === 'gift.sent').map(({ entry }) => entry['n'])
  expect(sent).toEqual([1, 2, 3])
  expect(
    giftsOf(late)
      ?.supporters.toArray()
      .map(({ id, coins }) => `${id} ${coins}`),
  ).toEqual(['bob 7', 'ann 5'])
  expect(giftsOf(late)?.goal).toMatchObject({ title: 'A lamp', coins: 10 })
  // Who never had an answer asks again, and gets the first one.
  const again = (await ask(back, 'gift.send', {
    giftId: 'rose',
    quantity: 7,
    requestId,
  })) as GiftReply
  expect(again).toMatchObject({ n: 2, coins: 7, balanceCoins: 993 })
  expect(sentTo(back).filter(({ n }) => n > 3)).toEqual([])
})
