/** A process is killed at each point of a gift's way: it is given once, told once, answered. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { LiveState } from '../live/state.ts'
import { FlakyJournal } from '../testing/flaky-journal.ts'
import { countingWorld, memoryPorts } from '../testing/memory-ports.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import type { GiftReply } from './protocol.ts'

const journal = new FlakyJournal()
const ports = memoryPorts(countingWorld(), journal)
let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({}, ports)
})
afterAll(() => server.stop())

const never = () => new Promise<void>(() => {})
const gift = { giftId: 'rose', quantity: 7, requestId: 'request-of-ann' }
const send = async ({ room }: Joined): Promise<GiftReply> => {
  const reply: unknown = await room.request('gift.send', gift)
  return reply as GiftReply
}
/** The gift is asked for, and nobody ever reads what becomes of it. */
const asked = (ann: Joined) => void send(ann).catch(() => undefined)
const takes = () => {
  const taken = vi.fn()
  ports.gifts.behind = () => Promise.resolve(taken())
  return taken
}

/** Each brings the gift as far as its name says; `isPaid`: the coins have moved. */
const points: { name: string; isPaid: boolean; reach: (ann: Joined) => Promise<void> }[] = [
  {
    name: 'before the ledger is asked',
    isPaid: false,
    async reach(ann) {
      const before = vi.fn(never)
      ports.gifts.before = before
      asked(ann)
      await vi.waitFor(() => expect(before).toHaveBeenCalled())
    },
  },
  {
    name: 'behind the ledger, before the room hears of it',
    isPaid: true,
    async reach(ann) {
      const behind = vi.fn(never)
      ports.gifts.behind = behind
      asked(ann)
      await vi.waitFor(() => expect(behind).toHaveBeenCalled())
    },
  },
  {
    name: 'said by the room, before the journal has it',
    isPaid: true,
    async reach(ann) {
      const [taken, append] = [takes(), vi.spyOn(journal, 'append')]
      journal.mood = 'deaf'
      asked(ann)
      await vi.waitFor(() => {
        expect(taken).toHaveBeenCalled()
        expect(append.mock.calls.some(([, , record]) => record.includes('gift.sent'))).toBe(true)
      })
    },
  },
  {
    name: 'in the journal, before anybody was told',
    isPaid: true,
    async reach(ann) {
      const [taken, append] = [takes(), vi.spyOn(journal, 'append')]
      journal.mood = 'mute'
      asked(ann)
      await vi.waitFor(() => {
        expect(taken).toHaveBeenCalled()
        expect(append.mock.calls.some(([, , record]) => record.includes('gift.sent'))).toBe(true)
      })
    },
  },
  {
    name: 'told to everybody and answered',
    isPaid: true,
    async reach(ann) {
      await send(ann)
    },
  },
]

it.each(points)('[GFT-04] killed $name', async ({ name, isPaid, reach }) => {
  const streamId = `killed-${points.findIndex((one) => one.name === name)}`
  const [anns, hosts] = [`ann-${streamId}`, `host-${streamId}`]
  await server.openStream(streamId, hosts)
  const host = await server.join(streamId, `user:${hosts}`)
  const ann = await server.join(streamId, `user:${anns}`)
  await host.room.request('stream.start', { requestId: `start-${streamId}` })
  const goal = { title: 'A lamp', targetCoins: 100 }
  await host.room.request('goal.set', { requestId: `goal-${streamId}`, goal })
  ports.gifts.balances.set(anns, 1_000)

  await reach(ann)
  expect(ports.gifts.balances.get(anns)).toBe(isPaid ? 993 : 1_000)
  if (journal.mood === 'well') journal.mood = 'deaf'
  await server.room(streamId).disconnect(4421)
  await vi.waitUntil(() => server.room(streamId) === undefined)
  vi.restoreAllMocks()
  journal.mood = 'well'
  ports.gifts.before = () => Promise.resolve()
  ports.gifts.behind = () => Promise.resolve()
  await server.reopen(streamId)
  await server.join(streamId, `user:${hosts}`)
  const back = await server.join(streamId, `user:${anns}`)

  expect(await send(back)).toMatchObject({ n: 1, coins: 7, balanceCoins: 993 })
  expect(await send(back)).toMatchObject({ n: 1, coins: 7 })
  expect(ports.gifts.balances.get(anns)).toBe(993)
  expect(ports.gifts.receipts.get(streamId)).toHaveLength(1)
  await vi.waitFor(() => {
    const kept = ports.archive.records.get(`live_${streamId}`) ?? []
    const sent = kept.filter(({ type }) => type === 'gift.sent').map(({ entry }) => entry['n'])
    expect(sent).toEqual([1])
    const { n, coins, goal: aim, supporters } = (back.room.state as LiveState).gifts ?? {}
    const known = { n, coins, aim: aim?.coins, given: supporters?.at(0)?.coins }
    expect(known).toEqual({ n: 1, coins: 7, aim: 7, given: 7 })
  })
})
