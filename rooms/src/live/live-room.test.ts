/** The live room as an unmodified Colyseus client meets it. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type RoomServer, startRoomServer } from '../testing/room-server.ts'

let server: RoomServer
let ids = 0
const requestId = () => `request-${++ids}`

beforeAll(async () => {
  server = await startRoomServer()
})
afterAll(async () => {
  await server.stop()
})

describe('a live room', () => {
  it('[LIV-01] a host starts it, people chat and react, everybody sees the same', async () => {
    await server.openStream('a', 'host')
    const host = await server.join('a', 'user:host')
    const viewer = await server.join('a', 'user:ann')
    expect(host.welcome.you).toEqual({ id: 'host', name: 'Name of host', role: 'host' })
    expect(viewer.welcome.you.role).toBe('viewer')

    await host.room.request('stream.start', { requestId: requestId() })
    const posted = await viewer.room.request('chat.send', { requestId: requestId(), text: ' hi ' })
    expect(posted).toMatchObject({ seq: 2, text: 'hi', from: { id: 'ann' } })
    await viewer.room.request('reaction.send', { requestId: requestId(), kind: 'heart', count: 3 })

    await vi.waitFor(() => {
      for (const { room, told } of [host, viewer]) {
        expect(told.filter(({ type }) => type.includes('.') && !type.startsWith('room.'))).toEqual([
          { type: 'stream.started', payload: expect.objectContaining({ seq: 1 }) },
          { type: 'chat.posted', payload: posted },
        ])
        expect(room.state).toMatchObject({ phase: 'live', viewerCount: 1 })
        expect(room.state.reactions.heart).toBe(3)
      }
    })
    expect([...host.room.state.crew.keys()]).toEqual(['host'])

    const ended = await host.room.request('stream.end', { requestId: requestId() })
    expect(ended.numbers).toMatchObject({ messages: 1, chatters: 1, reactions: 3, viewersPeak: 1 })
    await expect(
      viewer.room.request('chat.send', { requestId: requestId(), text: 'late' }),
    ).rejects.toMatchObject({ reason: { code: 'chat_closed' } })
    await vi.waitFor(() => expect(server.ports.archive.records.get('live_a')).toHaveLength(3))
  })

  it('[LIV-02] phases move one way, by a host, once even when asked twice at a time', async () => {
    await server.openStream('b', 'host')
    const host = await server.join('b', 'user:host')
    const other = await server.join('b', 'user:host')
    const codeOf = (asked: Promise<unknown>) =>
      asked.then(
        () => 'ok',
        (error: { reason?: { code: string } }) => error.reason?.code,
      )
    expect(await codeOf(host.room.request('stream.end', { requestId: requestId() }))).toBe(
      'wrong_phase',
    )
    const both = await Promise.all(
      [host, other].map(({ room }) =>
        codeOf(room.request('stream.start', { requestId: requestId() })),
      ),
    )
    expect(both.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'ok',
      'wrong_phase',
    ])
    await host.room.request('stream.end', { requestId: requestId() })
    expect(await codeOf(host.room.request('stream.start', { requestId: requestId() }))).toBe(
      'wrong_phase',
    )
    expect(server.ports.streams.ended.get('b')).toMatchObject({ viewersPeak: 0 })
  })

  it('[LIV-03] viewers are counted and never listed; hosts and moderators are listed', async () => {
    await server.openStream('c', 'host')
    server.ports.streams.moderators.add('mod')
    const host = await server.join('c', 'user:host')
    await server.join('c', 'user:mod')
    const tabs = [await server.join('c', 'user:zoe'), await server.join('c', 'user:zoe')]
    await vi.waitFor(() => expect(host.room.state.viewerCount).toBe(2))
    expect(JSON.stringify(host.room.state)).not.toContain('zoe')
    expect(host.room.state.crew.toJSON()).toEqual({
      host: { name: 'Name of host', role: 'host', tier: 0 },
      mod: { name: 'Name of mod', role: 'moderator', tier: 0 },
    })
    await tabs[0]?.room.leave()
    await tabs[1]?.room.leave()
    await vi.waitFor(() => expect(host.room.state.viewerCount).toBe(1))
  })

  it('[LIV-04] the pulse is renewed every 5 s and says where the log stands', async () => {
    await server.openStream('d', 'host')
    const host = await server.join('d', 'user:host')
    await host.room.request('chat.send', { requestId: requestId(), text: 'one' })
    await vi.waitFor(() => expect(host.room.state.metrics.head).toBe(1), { timeout: 8_000 })
    expect(host.room.state.metrics).toMatchObject({
      messagesPerMinute: 1,
      chattersInFiveMinutes: 1,
    })
  }, 15_000)

  it('[LOG-06] a gap is filled with the entries themselves, then the reply', async () => {
    await server.openStream('e', 'host')
    const host = await server.join('e', 'user:host')
    for (const text of ['one', 'two', 'three']) {
      await host.room.request('chat.send', { requestId: requestId(), text })
    }
    const late = await server.join('e', 'user:late', { backlog: 0 })
    expect(late.welcome).toMatchObject({ head: 3, from: 4 })
    const reply = await late.room.request('log.read', { epoch: late.welcome.epoch, after: 1 })
    expect(reply).toEqual({ epoch: late.welcome.epoch, recovered: true, to: 3, more: false })
    expect(late.told.slice(1).map(({ payload }) => payload.text)).toEqual(['two', 'three'])
    expect(await late.room.request('log.read', { epoch: 99, after: 1 })).toMatchObject({
      recovered: false,
      missedFrom: 0,
      missedTo: 0,
    })
  })

  it('[LIV-05] a room that opens again goes on: same stream, next epoch, history shown', async () => {
    await server.openStream('f', 'host')
    const first = await server.join('f', 'user:host')
    await first.room.request('stream.start', { requestId: requestId() })
    await first.room.request('chat.send', { requestId: requestId(), text: 'before' })
    await first.room.request('reaction.send', { requestId: requestId(), kind: 'wow', count: 4 })
    await server.room('f').disconnect()
    await first.closed
    expect(server.ports.streams.saved.get('f')).toMatchObject({ messages: 1 })
    await server.reopen('f')
    const second = await server.join('f', 'user:host')
    expect(second.welcome).toMatchObject({ epoch: first.welcome.epoch + 1, head: 2, from: 1 })
    await vi.waitFor(() => expect(second.room.state.phase).toBe('live'))
    expect(second.room.state.reactions.wow).toBe(4)
    expect(second.told.map(({ payload }) => payload.seq).slice(1)).toEqual([1, 2])
    // Who comes back from the earlier epoch gets what it missed of it.
    const back = await server.join('f', 'user:back', { backlog: 0 })
    const read = { epoch: first.welcome.epoch, after: 1 }
    expect(await back.room.request('log.read', read)).toMatchObject({ recovered: true, to: 2 })
    expect(back.told.at(-1)).toMatchObject({ type: 'chat.posted', payload: { text: 'before' } })
    await back.room.leave()
    const next = await second.room.request('chat.send', { requestId: requestId(), text: 'after' })
    expect(next.seq).toBe(3)
    const ended = await second.room.request('stream.end', { requestId: requestId() })
    expect(ended.numbers).toMatchObject({ messages: 2 })
  })
})
