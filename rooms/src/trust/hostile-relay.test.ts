/**
 * What hostile people try where a room is carried by relays and its writer is followed by another.
 * Each case shows that the attempt was made, and that an honest viewer goes on.
 */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { relayRoomId } from '../kit/relay/relayed-kinds.ts'
import { liveRoomId } from '../live/room-id.ts'
import { type CarriedHouse, carriedHouse } from '../testing/carried-house.ts'
import { commandBytes, openRaw } from '../testing/raw-socket.ts'
import { type Joined, NeverWelcome } from '../testing/room-server.ts'

let house: CarriedHouse
let ids = 0
const exceptions: unknown[] = []
const onException = (error: unknown) => void exceptions.push(error)

beforeAll(async () => {
  process.on('uncaughtException', onException)
  house = await carriedHouse()
})
afterAll(async () => {
  await house.stop()
  process.off('uncaughtException', onException)
})
afterEach(() => {
  const { streams, moderation } = house.ports
  streams.moderators.clear()
  streams.blocked.clear()
  moderation.sanctions.clear()
  expect(exceptions).toEqual([])
})

const ask = (who: Joined, command: string, message: object = {}) =>
  who.room.request(command, { requestId: `request-${++ids}`, ...message })
const outcome = (asked: Promise<unknown>) =>
  asked.then(
    () => 'ok',
    (error: { reason?: { code: string } }) => error.reason?.code,
  )
const heard = ({ told }: Joined, type: string) =>
  told.filter((one) => one.type === type).map(({ payload }) => payload)

test('[TRU-26] what a relay can decode and not encode again ends no process and no batch', async () => {
  const { id, at } = await house.open('p1')
  const honest = await at('p1', 'honest')
  house.ports.streams.moderators.add('rogue')
  const rogue = await openRaw(house.server.url, relayRoomId(liveRoomId(id), 'p1'), 'user:rogue')
  rogue.confirm()
  await vi.waitFor(() => expect(rogue.told.length).toBeGreaterThan(0))
  // A set, which shows no fields, of one number of 160 bits.
  const number = Buffer.from([0xc7, 20, 0x42, ...Array<number>(20).fill(0x7f)])
  const set = Buffer.from([0xd4, 0x73, 0x00, 0x91, ...number])
  // A set that holds itself.
  const endless = Buffer.from([0xd6, 0x69, 0, 0, 0, 1, 0xd4, 0x73, 0, 0x91, 0xd6, 0x70, 0, 0, 0, 1])
  for (const payload of [set, endless]) {
    rogue.send(Buffer.concat([commandBytes('crew.read'), payload]))
  }
  await vi.waitFor(() => {
    const refused = rogue.told.filter(({ type }) => type === 'room.refused')
    expect(refused.map(({ payload }) => payload.code)).toEqual(['invalid', 'invalid'])
  })
  expect(await ask(honest, 'chat.send', { text: 'still here' })).toMatchObject({ from: {} })
})

test('[REL-17] of a line that is taken out nothing is left at a relay, nor what it quoted', async () => {
  const { host, at } = await house.open('p1')
  const bad = await at('p1', 'bad')
  const line = (await ask(bad, 'chat.send', { text: 'vanish words' })) as { id: string }
  await ask(bad, 'chat.send', { text: 'quoting', replyTo: line.id })
  await vi.waitFor(() => expect(heard(host, 'chat.posted')).toHaveLength(2))
  expect(heard(host, 'chat.posted')[1]).toMatchObject({ replyTo: { text: 'vanish words' } })
  await ask(host, 'chat.clear')
  await vi.waitFor(() => expect(heard(bad, 'chat.cleared')).toHaveLength(1))
  const late = await at('p1', 'late')
  await vi.waitFor(() => expect(heard(late, 'chat.posted')).toHaveLength(2))
  await late.room.request('log.read', { epoch: late.welcome.epoch, after: 0 })
  expect(JSON.stringify(late.told)).not.toContain('vanish')
})

test('[REL-18] who is muted at a relay stays muted under the next writer', async () => {
  const { host, at, kill, state } = await house.open('p1')
  const [bad, honest] = [await at('p1', 'bad'), await at('p1', 'honest')]
  await ask(bad, 'chat.send', { text: 'rude' })
  await ask(host, 'member.timeout', { userId: 'bad', seconds: 600 })
  expect(await outcome(ask(bad, 'chat.send', { text: 'x' }))).toBe('timed_out')
  await kill()
  expect(await outcome(ask(bad, 'chat.send', { text: 'again' }))).toBe('timed_out')
  expect(await outcome(ask(bad, 'reaction.send', { kind: 'fire', count: 2 }))).toBe('timed_out')
  expect(await outcome(ask(honest, 'chat.send', { text: 'fine' }))).toBe('ok')
  expect(state().reactions.fire ?? 0).toBe(0)
})

test('[REL-18] who was put out while nobody wrote is put out by the next writer, unasked', async () => {
  const { at, kill } = await house.open('p1')
  const [bad, honest] = [await at('p1', 'bad'), await at('p1', 'honest')]
  await kill()
  house.ports.streams.blocked.add('bad')
  expect((await bad.closed).code).toBe(4403)
  expect(await outcome(ask(honest, 'chat.send', { text: 'fine' }))).toBe('ok')
})

test('[REL-19] roles go on under the next writer; who lost theirs hears nothing of the crew', async () => {
  const { host, at, kill, state } = await house.open('p1')
  house.ports.streams.moderators.add('was')
  const [was, is, honest] = [await at('p1', 'was'), await at('p1', 'is'), await at('p1', 'honest')]
  await ask(host, 'role.grant', { userId: 'is', role: 'moderator' })
  await ask(host, 'role.revoke', { userId: 'was', role: 'moderator' })
  expect([await outcome(ask(was, 'crew.read')), await outcome(ask(is, 'crew.read'))]).toEqual([
    'not_allowed',
    'ok',
  ])
  house.ports.streams.moderators.delete('was')
  house.ports.streams.moderators.add('is')
  await kill()
  expect(await ask(honest, 'chat.send', { text: 'darn it' })).toMatchObject({ waits: 'held' })
  await vi.waitFor(() => expect(heard(is, 'chat.held')).toHaveLength(1))
  expect(await outcome(ask(is, 'crew.read'))).toBe('ok')
  expect([...state().crew.keys()]).toEqual(['is'])
  expect(heard(was, 'chat.held')).toEqual([])
})

test('[JRN-39] nonsense in the journal and on the line stops neither writer, relay nor successor', async () => {
  const { id, at, kill } = await house.open('p1')
  const [early, { journal }] = [await at('p1', 'early'), house]
  const roomId = liveRoomId(id)
  const nonsense = [Buffer.from([0xc1]), Buffer.from('hello'), Buffer.from([0xc0]), Buffer.alloc(0)]
  const { length } = (await journal.read(roomId)).records
  for (const [at, bytes] of nonsense.entries()) {
    await journal.ask(roomId, bytes)
    await journal.tell(roomId, bytes)
    // Between two records of the writer's.
    const place = { epoch: 1, n: length + (at + 1) / 10 }
    await journal.append(roomId, place, bytes, { epoch: 0, n: 0 })
  }
  expect(await outcome(ask(early, 'chat.send', { text: 'before' }))).toBe('ok')
  await house.openRelay(id, 'p2')
  const late = await at('p2', 'late')
  await kill()
  expect(await outcome(ask(late, 'chat.send', { text: 'after' }))).toBe('ok')
  const texts = (who: Joined) => heard(who, 'chat.posted').map(({ text }) => text)
  for (const who of [early, late]) {
    await vi.waitFor(() => expect(texts(who)).toEqual(['before', 'after']))
  }
})

test.each(['writer', 'relay'])(
  '[REL-20] who is put out while they join at a %s is out',
  async (where) => {
    const { id, at } = await house.open('p1')
    const honest = await at('p1', 'honest')
    const { streams } = house.ports
    const room = house.server.room(id) as unknown as { dismiss(userId: string): void }
    const admit = streams.admit.bind(streams)
    let puttingOut = 1
    streams.admit = async (...asked) => {
      const before = await admit(...asked)
      if (asked[1].userId === 'bad' && puttingOut-- === 1) {
        streams.blocked.add('bad')
        room.dismiss('bad')
      }
      return before
    }
    const joining = where === 'relay' ? at('p1', 'bad') : house.server.join(id, 'user:bad')
    const end = await joining.then(
      ({ closed }) => closed,
      (error: Error) => (error instanceof NeverWelcome ? error.left : { code: error.message }),
    )
    streams.admit = admit
    expect(end.code).toBe(where === 'relay' ? 4403 : 'blocked')
    expect(await outcome(ask(honest, 'chat.send', { text: 'fine' }))).toBe('ok')
  },
)
