/** A room that another process opens goes on where it was: state, log, memory, members, answers. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { LiveState } from '../../live/state.ts'
import { countingWorld, memoryPorts } from '../../testing/memory-ports.ts'
import { join, type RoomServer, startRoomServer } from '../../testing/room-server.ts'
import { FlakyJournal } from '../../testing/flaky-journal.ts'
import type { LogRecord } from '../../ports.ts'
import type { OdeonRoom } from '../odeon-room.ts'

const journal = new FlakyJournal()
let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({}, memoryPorts(countingWorld(), journal))
})
afterAll(() => server.stop())

type Room = OdeonRoom<never, never, never>
const isGone = (stream: string) => vi.waitFor(() => expect(server.room(stream)).toBeUndefined())

/** Ends the room as a kill would: nothing more is written. */
async function kill(stream: string): Promise<void> {
  journal.mood = 'deaf'
  await server.room(stream).disconnect(4421)
  await isGone(stream)
  journal.mood = 'well'
}

const stateOf = (stream: string) => (server.room(stream) as { state: LiveState }).state

test('[JRN-30] what was said and acknowledged is there, once, and keeps its numbers', async () => {
  await server.openStream('one', 'host')
  const host = await server.join('one', 'user:host')
  const guest = await server.join('one', 'user:guest')
  await host.room.request('stream.start', { requestId: 'start-0001' })
  const ask = { requestId: 'say-00001', text: 'before' }
  const said = await guest.room.request('chat.send', ask)
  await guest.room.request('reaction.send', { requestId: 'tap-00001', kind: 'heart', count: 3 })
  await host.room.request('chat.pin', { requestId: 'pin-00001', id: said.id })
  await kill('one')
  await server.reopen('one')
  expect((await guest.closed).code).toBe(4421)
  const again = await server.join('one', 'user:guest')
  expect(again.welcome.epoch).toBe(guest.welcome.epoch + 1)
  const { reactions, chat } = stateOf('one')
  expect(reactions.heart).toBe(3)
  expect(chat.pinned.id).toBe(said.id)
  // The answer may have been lost with the socket: the same id is answered, not done again.
  expect(await again.room.request('chat.send', ask)).toEqual(said)
  const other = await again.room.request('chat.send', { requestId: 'say-00002', text: 'after' })
  const lines = () => again.told.filter(({ type }) => type === 'chat.posted')
  await vi.waitFor(() => expect(lines().map(({ payload }) => payload.text)).toContain('after'))
  expect(lines().map(({ payload }) => payload.text)).toEqual(['before', 'after'])
  expect(other.seq).toBe(again.welcome.head + 1)
  // Nothing of the numbers before was skipped, and a reader of then is told that it has it all.
  const gap = await again.room.request('log.read', { epoch: guest.welcome.epoch, after: said.seq })
  expect(gap).toMatchObject({ recovered: true })
})

test('[JRN-35] what was taken out while the room was away does not come back with it', async () => {
  await server.openStream('away', 'host')
  const host = await server.join('away', 'user:host')
  await host.room.request('stream.start', { requestId: 'start-0035' })
  const guest = await server.join('away', 'user:guest')
  const asked = [
    ['say-00351', 'taken out by a moderator there'],
    ['say-00352', 'taken out at the desk'],
    ['say-00353', 'stays'],
  ]
  const said: string[] = []
  for (const [requestId, text] of asked) {
    said.push((await guest.room.request('chat.send', { requestId, text })).id)
  }
  const [first, second] = said
  await host.room.request('chat.delete', { requestId: 'delete-0351', id: first })
  const { records } = server.ports.archive
  const kept = () => records.get('live_away') ?? []
  await vi.waitFor(() => expect(kept().some(({ entry }) => entry['id'] === second)).toBe(true))
  await kill('away')
  const blank = (entry: LogRecord['entry']) => ({ ...entry, text: '', removed: 'moderator' })
  records.set(
    'live_away',
    kept().map(({ type, entry }) => ({
      type,
      entry: entry['id'] === second ? blank(entry) : entry,
    })),
  )
  await server.reopen('away')
  const late = await server.join('away', 'user:late')
  await late.room.request('log.read', { epoch: late.welcome.epoch, after: 0 })
  const told = JSON.stringify(late.told)
  expect(told).toContain('stays')
  expect(told).not.toContain('taken out')
})

test('[JRN-35] what the journal replaced, too, lacks what was taken out of the archive', async () => {
  await server.openStream('both', 'host')
  const host = await server.join('both', 'user:host')
  await host.room.request('stream.start', { requestId: 'start-0036' })
  const guest = await server.join('both', 'user:guest')
  const say = (requestId: string, text: string, more: object = {}) =>
    guest.room.request('chat.send', { requestId, text, ...more })
  const line = await say('say-00361', 'taken out at the desk')
  const answer = await say('say-00362', 'an answer that stays', { replyTo: line.id })
  // Taken out and brought back: the journal has a version of its own of both.
  const deleted = await host.room.request('chat.delete', {
    requestId: 'delete-0361',
    id: line.id,
  })
  await host.room.request('moderation.undo', { requestId: 'undo-00361', actionId: deleted.id })
  const { records } = server.ports.archive
  const kept = () => records.get('live_both') ?? []
  await vi.waitFor(() => {
    expect(kept().find(({ entry }) => entry['id'] === line.id)?.entry).toMatchObject({
      text: 'taken out at the desk',
    })
    expect(kept().some(({ type }) => type === 'chat.restored')).toBe(true)
  })
  await kill('both')
  const blank = { text: '', removed: 'moderator' }
  const without = (entry: LogRecord['entry']): LogRecord['entry'] => {
    if (entry['id'] === line.id) return { ...entry, ...blank }
    if (entry['id'] === answer.id) return { ...entry, replyTo: { ...answer.replyTo, text: '' } }
    const lines = entry['lines'] as LogRecord['entry'][] | undefined
    return lines === undefined ? entry : { ...entry, lines: lines.map(without) }
  }
  records.set(
    'live_both',
    kept().map(({ type, entry }) => ({ type, entry: without(entry) })),
  )
  await server.reopen('both')
  const late = await server.join('both', 'user:late')
  await late.room.request('log.read', { epoch: late.welcome.epoch, after: 0 })
  const told = JSON.stringify(late.told)
  expect(told).toContain('an answer that stays')
  expect(told).not.toContain('taken out')
})

test('[JRN-31] lines that waited wait on, and are decided once', async () => {
  await server.openStream('two', 'host')
  const host = await server.join('two', 'user:host')
  await host.room.request('stream.start', { requestId: 'start-0002' })
  const guest = await server.join('two', 'user:guest')
  const ask = { requestId: 'hold-0001', text: 'darn it' }
  const waiting = await guest.room.request('chat.send', ask)
  expect(waiting).toMatchObject({ waits: 'held' })
  await kill('two')
  await server.reopen('two')
  const desk = await server.join('two', 'user:host')
  const { held } = await desk.room.request('crew.read', {})
  expect(held).toMatchObject([{ id: waiting.id, text: 'darn it' }])
  const decide = { requestId: 'allow-001', id: waiting.id, allow: true }
  await desk.room.request('held.decide', decide)
  await vi.waitFor(() =>
    expect(desk.told.filter(({ type }) => type === 'chat.posted')).toHaveLength(1),
  )
})

test('[JRN-32] who was here is waited for and has never left', async () => {
  await server.openStream('three', 'host')
  const host = await server.join('three', 'user:host')
  await host.room.request('stream.start', { requestId: 'start-0003' })
  const guests = await Promise.all(['a', 'b', 'c'].map((id) => server.join('three', `user:${id}`)))
  await vi.waitFor(() => expect(stateOf('three').viewerCount).toBe(3))
  await host.room.request('chat.send', { requestId: 'say-00003', text: 'still' })
  await (server.room('three') as unknown as Room).handOver()
  await Promise.all(guests.map(({ closed }) => closed))
  await isGone('three')
  await server.reopen('three')
  expect(stateOf('three').viewerCount).toBe(3)
  expect([...stateOf('three').crew.keys()]).toEqual(['host'])
  await join(server.url, 'live_three', 'user:a', {})
  expect(stateOf('three').viewerCount).toBe(3)
})

test('[ACC-34] who is waited for since their process ended is given up, by whichever sign-in', async () => {
  await server.openStream('out', 'host')
  const host = await server.join('out', 'user:host')
  await host.room.request('stream.start', { requestId: 'start-0034' })
  const guests = await Promise.all(['a', 'b'].map((id) => server.join('out', `user:${id}~phone`)))
  await (server.room('out') as unknown as Room).handOver()
  await Promise.all(guests.map(({ closed }) => closed))
  await isGone('out')
  await server.reopen('out')
  const room = server.room('out') as unknown as Room
  const back = await server.join('out', 'user:b~desk')
  const members = () => ['host', 'a', 'b'].filter((id) => room['members'].get(id) !== undefined)
  expect(members()).toEqual(['host', 'a', 'b'])
  room.signOut('a', 'phone')
  room.signOut('b', 'phone')
  expect(members()).toEqual(['host', 'b'])
  expect(back.room.connection.isOpen).toBe(true)
})

test('[JRN-33] a writer that was passed over can say nothing more', async () => {
  await server.openStream('four', 'host')
  const host = await server.join('four', 'user:host')
  await host.room.request('stream.start', { requestId: 'start-0004' })
  const { records } = await journal.read('live_four')
  await journal.claim('live_four', host.welcome.epoch + 1)
  const late = host.room.request('chat.send', { requestId: 'late-0001', text: 'too late' })
  late.catch(() => {})
  expect((await host.closed).code).toBe(4421)
  expect(host.told.filter(({ type }) => type === 'chat.posted')).toEqual([])
  expect((await journal.read('live_four')).records).toHaveLength(records.length)
})

test('[JRN-34] an ended stream leaves no journal', async () => {
  await server.openStream('five', 'host')
  const host = await server.join('five', 'user:host')
  await host.room.request('stream.start', { requestId: 'start-0005' })
  expect((await journal.read('live_five')).records).not.toEqual([])
  await host.room.request('stream.end', { requestId: 'end-00005' })
  await server.room('five').disconnect()
  await vi.waitFor(async () => {
    expect(await journal.read('live_five')).toEqual({ snapshot: undefined, records: [] })
  })
})
