/** A process is killed at each point of a box's way: its coins are put aside, told, drawn once. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { FlakyJournal } from '../testing/flaky-journal.ts'
import { countingWorld, memoryPorts } from '../testing/memory-ports.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { type TreasureDrawn, treasureLimits } from './protocol.ts'
import type { TreasureRecord } from './treasure-record.ts'

const journal = new FlakyJournal()
const ports = memoryPorts(countingWorld(), journal)
const { treasures } = ports
let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({}, ports)
})
afterAll(() => server.stop())

const patient = { timeout: 15_000, interval: 20 }
const never = () => new Promise<void>(() => {})
const terms = { coins: 90, shares: 2, opensInSeconds: 60, requestId: 'request-of-host' }
const fund = ({ room }: Joined) => room.request('treasure.fund', terms)
/** It is asked for, and nobody ever reads what becomes of it. */
const asked = (work: Promise<unknown>) => void work.catch(() => undefined)

type Reach = (host: Joined) => Promise<void>
const isSaid = (type: string) => {
  const append = vi.spyOn(journal, 'append')
  return () =>
    vi.waitFor(
      () => expect(append.mock.calls.some(([, , record]) => record.includes(type))).toBe(true),
      patient,
    )
}
const heldAt =
  (place: 'before' | 'behind', go: (host: Joined) => void): Reach =>
  async (host) => {
    const hold = vi.fn(never)
    treasures[place] = hold
    go(host)
    await vi.waitFor(() => expect(hold).toHaveBeenCalled(), patient)
  }
const journaled =
  (mood: 'deaf' | 'mute', type: string, go: (host: Joined) => void): Reach =>
  async (host) => {
    let letGo = () => {}
    const hold = vi.fn(() => new Promise<void>((resolve) => (letGo = resolve)))
    treasures.behind = hold
    go(host)
    await vi.waitFor(() => expect(hold).toHaveBeenCalled(), patient)
    const said = isSaid(type)
    journal.mood = mood
    letGo()
    await said()
  }
const funding = (host: Joined) => asked(fund(host))
/** The box is over, which its room sees at its next look. */
const ending = () => {
  for (const [id, box] of treasures.boxes) {
    const now = Date.now()
    const endsAt = now - treasureLimits.tallyMs
    if (box.outcome === null) treasures.boxes.set(id, { ...box, opensAt: endsAt - 1, endsAt })
  }
}

/** Each brings a box as far as its name says. */
const points: { name: string; from: 'nothing' | 'claimed'; reach: Reach }[] = [
  { name: 'before coins are put aside', from: 'nothing', reach: heldAt('before', funding) },
  { name: 'behind it, before the room hears', from: 'nothing', reach: heldAt('behind', funding) },
  {
    name: 'said, before the journal has it',
    from: 'nothing',
    reach: journaled('deaf', 'treasure.funded', funding),
  },
  {
    name: 'in the journal, before anybody was told',
    from: 'nothing',
    reach: journaled('mute', 'treasure.funded', funding),
  },
  { name: 'before it is drawn', from: 'claimed', reach: heldAt('before', ending) },
  {
    name: 'behind the payment, before the room hears',
    from: 'claimed',
    reach: heldAt('behind', ending),
  },
  {
    name: 'drawn and said, before the journal has it',
    from: 'claimed',
    reach: journaled('deaf', 'treasure.drawn', ending),
  },
  {
    name: 'drawn and in the journal, before anybody was told',
    from: 'claimed',
    reach: journaled('mute', 'treasure.drawn', ending),
  },
]

it.each(points)('[TRE-09] killed $name', async ({ name, from, reach }) => {
  const streamId = `box-${points.findIndex((one) => one.name === name)}`
  const [anns, hosts] = [`ann-${streamId}`, `host-${streamId}`]
  await server.openStream(streamId, hosts)
  const host = await server.join(streamId, `user:${hosts}`)
  await host.room.request('stream.start', { requestId: `start-${streamId}` })
  treasures.balances.set(hosts, 1_000)
  if (from === 'claimed') {
    await fund(host)
    const { id: boxId } = (await treasures.of(streamId)) as { id: string }
    const box = treasures.boxes.get(boxId) as TreasureRecord
    treasures.boxes.set(boxId, { ...box, opensAt: box.fundedAt })
    const by = { id: anns, name: 'Ann' }
    await treasures.claim({ boxId, by, luck: 'four-leaved', askedAt: box.fundedAt })
  }

  await reach(host)
  if (journal.mood === 'well') journal.mood = 'deaf'
  await server.room(streamId).disconnect(4421)
  await vi.waitUntil(() => server.room(streamId) === undefined)
  vi.restoreAllMocks()
  journal.mood = 'well'
  treasures.before = () => Promise.resolve()
  treasures.behind = () => Promise.resolve()
  await server.reopen(streamId)
  const again = await server.join(streamId, `user:${hosts}`)
  if (from === 'nothing') {
    const reply = await fund(again)
    expect(await fund(again)).toEqual(reply)
    expect(treasures.balances.get(hosts)).toBe(910)
    ending()
  }

  const kept = (type: string) =>
    (ports.archive.records.get(`live_${streamId}`) ?? []).filter((record) => record.type === type)
  await vi.waitFor(() => {
    expect([kept('treasure.funded').length, kept('treasure.drawn').length]).toEqual([1, 1])
  }, patient)
  const drawn = kept('treasure.drawn')[0]?.entry as unknown as TreasureDrawn
  const given = drawn.lucky.reduce((sum, { coins }) => sum + coins, 0)
  expect(drawn.lucky.map(({ id }) => id)).toEqual(from === 'claimed' ? [anns] : [])
  expect([given, drawn.givenCoins, drawn.returnedCoins]).toEqual([given, given, 90 - given])
  expect(treasures.balances.get(anns) ?? 0).toBe(given)
  expect(treasures.balances.get(hosts)).toBe(1_000 - given)
})
