// Markup in every text field of a room: the same plain text comes out, or it is refused.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { markupCorpus } from '../testing/markup-corpus.ts'
import { memoryPorts } from '../testing/memory-ports.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'

/** Moves with each command, so that allowances are no matter. */
const clock = { aheadMs: 0 }
let server: RoomServer
let host: Joined
let ann: Joined
let ids = 0

beforeAll(async () => {
  const world = { ...memoryPorts().world, now: () => Date.now() + clock.aheadMs }
  server = await startRoomServer({}, memoryPorts(world))
  await server.openStream('markup', 'host')
  host = await server.join('markup', 'user:host')
  ann = await server.join('markup', 'user:ann')
})
afterAll(() => server.stop())

const ask = (who: Joined, command: string, message: object) => {
  clock.aheadMs += 1_000
  return who.room.request(command, { requestId: `request-${++ids}`, ...message })
}
const heard = (who: Joined, type: string) =>
  who.told.filter((one) => one.type === type).map(({ payload }) => payload)
/** Invisible characters are taken out; nothing else is touched. */
const plain = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim()

it('[CHT-26] the corpus is large enough, and each of it is a line that people may say', () => {
  expect(markupCorpus.length).toBeGreaterThanOrEqual(40)
  expect(new Set(markupCorpus).size).toBe(markupCorpus.length)
})

it.each(markupCorpus)('[CHT-26] in a line, an answer, a pin, an announcement: %j', async (text) => {
  const line = await ask(ann, 'chat.send', { text })
  expect(line.text).toBe(plain(text))
  const answer = await ask(host, 'chat.send', { text, replyTo: line.id })
  expect(answer.replyTo.text).toBe([...plain(text)].slice(0, 100).join(''))
  await ask(host, 'chat.pin', { id: line.id })
  const announced = await ask(host, 'chat.announce', { text })
  expect(announced.text).toBe(plain(text))
  await vi.waitFor(() => {
    expect(ann.room.state.chat.pinned).toMatchObject({ id: line.id, text: plain(text) })
    expect(heard(ann, 'chat.posted').at(-1)).toEqual(announced)
  })
})

it.each(markupCorpus)('[CHT-26] in a title and in a reason: %j', async (text) => {
  const updated = await ask(host, 'stream.update', { title: text })
  expect(updated.title).toBe(plain(text))
  await ask(host, 'member.warn', { userId: 'ann', reason: text })
  await vi.waitFor(() => {
    expect(ann.room.state.title).toBe(plain(text))
    expect(heard(ann, 'moderation.warned').at(-1)).toEqual({ reason: plain(text), by: 'host' })
  })
})

it('[CHT-26] where a name of something is expected, markup is refused or names nothing', async () => {
  const refusalOf = (command: string, message: object) =>
    ask(host, command, message).then(
      () => 'ok',
      (error: { reason?: { code: string } }) => error.reason?.code,
    )
  for (const text of markupCorpus) {
    const known = ['invalid', 'no_such_line', 'no_such_action', 'already_decided']
    for (const [command, message] of [
      ['stream.update', { category: text }],
      ['chat.send', { text: 'x', replyTo: text }],
      ['chat.delete', { id: text }],
      ['chat.pin', { id: text }],
      ['held.decide', { id: text, allow: true }],
      ['moderation.undo', { actionId: text }],
      ['role.grant', { userId: 'ann', role: text }],
      ['reaction.send', { kind: text }],
      ['chat.modes', { modes: { [text]: true } }],
    ] as const) {
      expect(known, `${command} ${text}`).toContain(await refusalOf(command, message))
    }
  }
  expect(server.ports.errors).toEqual([])
})
