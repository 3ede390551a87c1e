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
})
