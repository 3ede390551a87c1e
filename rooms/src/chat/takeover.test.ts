/** What chat and moderators left behind in a process holds with the next that writes the room. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ActionTaken, moderationLimits } from '../moderation/protocol.ts'
import { FlakyJournal } from '../testing/flaky-journal.ts'
import { countingWorld, memoryPorts } from '../testing/memory-ports.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'

const journal = new FlakyJournal()
const clock = { now: 1_800_000_000_000 }
const ports = memoryPorts(
  countingWorld(() => clock.now),
  journal,
)
let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({}, ports)
})
afterAll(() => server.stop())

let asked = 0
const ask = (more: object) => ({ requestId: `request-${(asked += 1)}`, ...more })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { reason?: unknown }) => error.reason,
  )

async function open(stream: string): Promise<Joined> {
  await server.openStream(stream, 'host')
  const host = await server.join(stream, 'user:host')
  await host.room.request('stream.start', ask({}))
  return host
}

/** Ends the room as a kill would, and opens it as another process would. */
async function takeOver(stream: string): Promise<Joined> {
  journal.mood = 'deaf'
  await server.room(stream).disconnect(4421)
  await vi.waitFor(() => expect(server.room(stream)).toBeUndefined())
  journal.mood = 'well'
  await server.reopen(stream)
  return await server.join(stream, 'user:host')
}

/** Lines as somebody finds them who comes now. */
async function found(stream: string): Promise<unknown[]> {
  const late = await server.join(stream, 'user:late')
  const { head, backlog } = late.welcome
  await vi.waitFor(() =>
    expect(late.told.filter(({ payload }) => payload['seq'] !== undefined)).toHaveLength(backlog),
  )
  await late.room.leave()
  const lines = late.told.filter(({ type }) => type === 'chat.posted')
  expect(lines.every(({ payload }) => (payload['seq'] as number) <= head)).toBe(true)
  return lines.map(({ payload }) => payload['text'])
}

test('[JRN-36] a successor takes back what was done before it: lines, mutes, modes; once', async () => {
  const host = await open('undone')
  const [ann, bob] = [
    await server.join('undone', 'user:ann'),
    await server.join('undone', 'user:bob'),
  ]
  await ann.room.request('chat.send', ask({ text: 'by a person who is muted' }))
  const single = await bob.room.request('chat.send', ask({ text: 'one that is taken out' }))
  await bob.room.request('chat.send', ask({ text: 'an answer', replyTo: single.id }))
  const act = (name: string, more: object): Promise<ActionTaken> =>
    host.room.request(name, ask(more))
  const mute = await act('member.timeout', { userId: 'ann', seconds: 600 })
  const removal = await act('chat.delete', { id: single.id })
  await host.room.request('chat.modes', ask({ modes: { slowSeconds: 30 } }))
  const next = await takeOver('undone')
  expect(await found('undone')).toEqual(['', '', 'an answer'])
  const desk = async () => (await next.room.request('crew.read', {})).actions as ActionTaken[]
  const [modes, ...others] = await desk()
  expect(others.map(({ id }) => id)).toEqual([removal.id, mute.id])
  expect((await desk()).map(({ undoUntil }) => undoUntil)).toEqual(
    Array.from({ length: 3 }, () => clock.now + moderationLimits.undoForMs),
  )
  const undo = (id = '') => next.room.request('moderation.undo', ask({ actionId: id }))
  for (const { id } of [mute, removal, modes ?? mute]) await undo(id)
  expect(await found('undone')).toEqual([
    'by a person who is muted',
    'one that is taken out',
    'an answer',
  ])
  expect(await refusal(undo(mute.id))).toMatchObject({ code: 'no_such_action' })
  const again = await server.join('undone', 'user:ann')
  await again.room.request('chat.send', ask({ text: 'may speak, as fast as before' }))
  await again.room.request('chat.send', ask({ text: 'really' }))
})

test('[JRN-36] what is too old to be undone is not remembered', async () => {
  const host = await open('expired')
  const ann = await server.join('expired', 'user:ann')
  const line = await ann.room.request('chat.send', ask({ text: 'words of long ago' }))
  const { id } = await host.room.request('chat.delete', ask({ id: line.id }))
  clock.now += moderationLimits.undoForMs
  const next = await takeOver('expired')
  const undo = next.room.request('moderation.undo', ask({ actionId: id }))
  expect(await refusal(undo)).toMatchObject({ code: 'no_such_action' })
})

test('[JRN-37] slow mode and `unique` know what was said before the takeover', async () => {
  const host = await open('hasty')
  const modes = { slowSeconds: 60, unique: true }
  await host.room.request('chat.modes', ask({ modes }))
  const say = async (name: string, text: string) => {
    const { room } = await server.join('hasty', `user:${name}`)
    return await refusal(room.request('chat.send', ask({ text })))
  }
  expect(await say('ann', 'Good night!')).toBe('done')
  expect(await say('cia', 'darn it')).toBe('done')
  clock.now += 10_000
  await takeOver('hasty')
  const hasty = { code: 'slow_mode', retryAfterMs: 50_000 }
  expect(await say('ann', 'something else')).toMatchObject(hasty)
  // What waits for a moderator counts for its author alone.
  expect(await say('cia', 'something else')).toMatchObject(hasty)
  expect(await say('bob', 'good night')).toMatchObject({ code: 'not_unique' })
  expect(await say('bob', 'good morning')).toBe('done')
})
