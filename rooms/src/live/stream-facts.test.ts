/** What a stream is called and where it is listed, while it runs. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { lobbyLimits } from '../lobby/protocol.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'

let server: RoomServer
let ids = 0
beforeAll(async () => {
  server = await startRoomServer()
})
afterAll(() => server.stop())

const ask = (who: Joined, command: string, message: object = {}) =>
  who.room.request(command, { requestId: `request-${++ids}`, ...message })
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'ok',
    (error: { reason?: { code: string } }) => error.reason?.code,
  )
const cardOf = (streamId: string) =>
  server.ports.directory.listings.cards().find((card) => card.streamId === streamId)

it('[LIV-10] title and category change before and while live, for everybody, and not after', async () => {
  await server.openStream('a', 'host')
  const [host, ann] = [await server.join('a', 'user:host'), await server.join('a', 'user:ann')]
  const entry = await ask(host, 'stream.update', {
    title: ' Night\u202e  music ',
    category: 'music',
  })
  expect(entry).toMatchObject({ title: 'Night music', category: 'music', by: { id: 'host' } })
  await ask(host, 'stream.start')
  await ask(host, 'stream.update', { category: null })
  await vi.waitFor(() => {
    expect(ann.room.state).toMatchObject({ title: 'Night music', category: '' })
    expect(ann.told.filter(({ type }) => type === 'stream.updated')).toHaveLength(2)
  })
  expect(server.ports.streams.streams.get('a')).toMatchObject({
    title: 'Night music',
    category: null,
  })
  for (const title of ['', '\u200b', 'x'.repeat(141)]) {
    expect(await codeOf(ask(host, 'stream.update', { title }))).toBe('invalid')
  }
  server.ports.moderation.words.set('vile', 0.95)
  expect(await codeOf(ask(host, 'stream.update', { title: 'A vile title' }))).toBe('blocked_text')
  await ask(host, 'stream.end')
  expect(await codeOf(ask(host, 'stream.update', { title: 'Late' }))).toBe('wrong_phase')
})

it('[LIV-11] a stream is listed from its start to its end, at every heartbeat with new figures', async () => {
  await server.openStream('b', 'host')
  const host = await server.join('b', 'user:host')
  expect(cardOf('b')).toBeUndefined()
  await ask(host, 'stream.start')
  expect(cardOf('b')).toMatchObject({ handle: 'host', title: 'Stream b', viewers: 0, pulse: [] })
  await server.join('b', 'user:ann')
  await vi.waitFor(() => expect(cardOf('b')).toMatchObject({ viewers: 1 }), {
    timeout: lobbyLimits.heartbeatMs * 2,
  })
  await ask(host, 'stream.update', { title: 'Loud now' })
  expect(cardOf('b')).toMatchObject({ title: 'Loud now' })
  const moved = { ...server.ports.streams.streams.get('b')!, country: 'NP', language: 'ne' }
  server.ports.streams.streams.set('b', moved)
  await (server.room('b') as unknown as { refreshChannel(): Promise<void> }).refreshChannel()
  expect(cardOf('b')).toMatchObject({ title: 'Loud now', country: 'NP', language: 'ne' })
  await ask(host, 'stream.end')
  expect(cardOf('b')).toBeUndefined()
})

it('[LIV-11] a room that closes is unlisted, and listed again when it opens', async () => {
  await server.openStream('c', 'host')
  const host = await server.join('c', 'user:host')
  await ask(host, 'stream.start')
  await server.room('c').disconnect()
  await host.closed
  expect(cardOf('c')).toBeUndefined()
  await server.reopen('c')
  await vi.waitFor(() => expect(cardOf('c')).toBeDefined(), { timeout: 3_000 })
})
