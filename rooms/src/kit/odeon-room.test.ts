/** The base room's promises to whoever writes a room: nothing a hook or action throws gets out. */
import { type SchemaType, schema, t } from '@colyseus/schema'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { matchMaker } from '@colyseus/core'
import { ColyseusSDK } from '@colyseus/sdk'
import { memoryPorts } from '../testing/memory-ports.ts'
import { join, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { type CommandTable, command, everyone, type Scope } from './command.ts'
import type { Entry } from './protocol.ts'
import { OdeonRoom } from './odeon-room.ts'
import { seatAuth } from './seat-auth.ts'

const State = schema({ count: t.number().default(0) }, 'State')
type State = SchemaType<typeof State>
interface Events {
  said: Entry & { text: string }
}
type BadScope = Scope<State, Events>

const ports = memoryPorts()
const thrown = { exits: 0, beats: 0 }
const badSink = {
  frame() {
    throw new Error('the sink failed')
  },
}

class BadRoom extends OdeonRoom<State, Events, BadScope> {
  static override onAuth = seatAuth(ports)
  override maxClients = 10
  protected override readonly ports = { ...ports, sinks: [badSink] }
  protected override readonly commands: CommandTable<BadScope> = {
    throws: command({
      shape: z.object({}),
      may: everyone,
      action: () => {
        throw new Error('internal detail')
      },
    }),
    rejects: command({
      shape: z.object({}),
      may: everyone,
      action: () => Promise.reject(new Error('internal detail')),
    }),
    say: command({
      shape: z.object({ text: z.string() }),
      may: everyone,
      action: (scope, _member, { text }) => {
        scope.state.count += 1
        return scope.announce('said', { text })
      },
    }),
  }
  protected override openState() {
    return Promise.resolve(new State())
  }
  protected override openScope(kit: BadScope) {
    return kit
  }
  protected override admit() {
    return Promise.resolve({ role: 'viewer' as const })
  }
  protected override beforeFrame() {
    throw new Error('beforeFrame failed')
  }
  protected override onExit() {
    thrown.exits += 1
    throw new Error('onExit failed')
  }
  protected override onBeat() {
    thrown.beats += 1
    throw new Error('onBeat failed')
  }
}

let server: RoomServer
/** A new room of the bad kind. */
const open = async () => (await matchMaker.createRoom('bad', {})).roomId
const rejections: unknown[] = []
const onRejection = (reason: unknown) => void rejections.push(reason)
beforeAll(async () => {
  process.on('unhandledRejection', onRejection)
  server = await startRoomServer({ bad: BadRoom }, ports)
})
afterAll(async () => {
  process.off('unhandledRejection', onRejection)
  await server.stop()
})

describe('the base room', () => {
  it('[TRU-17] a throwing or rejecting action answers `unavailable` and the room goes on', async () => {
    const roomId = await open()
    const ann = await join(server.url, roomId, 'user:ann', {})
    for (const name of ['throws', 'rejects']) {
      const error = await ann.room.request(name, {}).catch((reason: unknown) => reason)
      expect(JSON.stringify(error)).not.toContain('internal detail')
      expect((error as Error).message).not.toContain('internal detail')
    }
    expect(await ann.room.request('say', { text: 'alive' })).toMatchObject({ text: 'alive' })
    await ann.room.leave()
  })

  it('[TRU-18] hooks that throw on leave or on a timer end neither room nor process', async () => {
    const roomId = await open()
    const ann = await join(server.url, roomId, 'user:ann', {})
    const bob = await join(server.url, roomId, 'user:bob', {})
    const before = { ...thrown }
    await bob.room.leave()
    await vi.waitFor(() => expect(thrown.exits).toBeGreaterThan(before.exits))
    await vi.waitFor(() => expect(thrown.beats).toBeGreaterThan(before.beats), { timeout: 3_000 })
    expect(await ann.room.request('say', { text: 'alive' })).toMatchObject({ text: 'alive' })
    expect(rejections).toEqual([])
    expect(ports.errors.map(({ text }) => text)).toContain('a room hook failed')
    await ann.room.leave()
  })

  it('[TRU-23] what throws while a frame is made or carried on ends neither room nor process', async () => {
    const roomId = await open()
    const ann = await join(server.url, roomId, 'user:ann', {})
    ports.errors.length = 0
    await ann.room.request('say', { text: 'heard' })
    // The frame came all the same, entry and state.
    await vi.waitFor(() => {
      expect(ann.told.at(-1)).toMatchObject({ type: 'said', payload: { text: 'heard' } })
      expect(ann.room.state.count).toBe(1)
    })
    const causes = ports.errors.map(({ facts }) => (facts as { err: Error }).err.message)
    expect(causes).toEqual(expect.arrayContaining(['beforeFrame failed', 'the sink failed']))
    await ann.room.leave()
  })

  it('[FRM-08] Colyseus still calls the two methods the kit stands in for', async () => {
    const roomId = await open()
    const ann = await join(server.url, roomId, 'user:ann', {})
    // The welcome came: joins are confirmed by the kit. The reply comes: messages are read by it.
    expect(ann.welcome).toMatchObject({ epoch: 1, head: 0, from: 1 })
    expect(await ann.room.request('say', { text: 'one' })).toMatchObject({ seq: 1 })
    await ann.room.leave()
  })

  it('[KIT-10] a lost socket keeps its member; the same client comes back to it', async () => {
    const roomId = await open()
    const ann = await join(server.url, roomId, 'user:ann', {})
    const bob = await join(server.url, roomId, 'user:bob', {})
    Object.assign(bob.room.reconnection, { minUptime: 0, minDelay: 10, maxDelay: 50 })
    const state = bob.room.state
    const exits = thrown.exits
    bob.room.connection.close(4010)
    await vi.waitFor(() => {
      const welcomes = bob.told.filter(({ type }) => type === 'room.welcome')
      expect(welcomes).toHaveLength(2)
    })
    expect(thrown.exits).toBe(exits)
    await ann.room.request('say', { text: 'after' })
    await vi.waitFor(() => expect(bob.told.at(-1)).toMatchObject({ payload: { text: 'after' } }))
    expect(bob.room.state).toBe(state)
    expect(bob.room.state.count).toBe(1)
    await Promise.all([ann.room.leave(), bob.room.leave()])
  })

  it('[ARC-05] a room that another process runs sends everybody there and ends', async () => {
    const roomId = await open()
    const ann = await join(server.url, roomId, 'user:ann', {})
    ann.room.reconnection.enabled = false
    ports.archive.lost.get(roomId)?.()
    expect((await ann.closed).code).toBe(4421)
    await vi.waitFor(() => expect(matchMaker.getLocalRoomById(roomId)).toBeUndefined())
  })

  it('[KIT-11] who is put out leaves with every socket and resumes none', async () => {
    const roomId = await open()
    const ann = await join(server.url, roomId, 'user:ann', {})
    const tab = await join(server.url, roomId, 'user:bob', {})
    const lost = await join(server.url, roomId, 'user:bob', {})
    Object.assign(lost.room.reconnection, { minUptime: 0, minDelay: 200, maxDelay: 200 })
    const room = matchMaker.getLocalRoomById(roomId) as BadRoom
    lost.room.connection.close(4010)
    await vi.waitFor(() => expect(room.clients).toHaveLength(2))
    room.dismiss('bob')
    expect((await tab.closed).code).toBe(4403)
    await lost.closed
    expect(lost.told.filter(({ type }) => type === 'room.welcome')).toHaveLength(1)
    expect(await ann.room.request('say', { text: 'alone' })).toMatchObject({ text: 'alone' })
    // Who may enter anew is put out no longer.
    const again = await join(server.url, roomId, 'user:bob', {})
    expect(again.welcome.you.id).toBe('bob')
    await Promise.all([ann.room.leave(), again.room.leave()])
  })

  it('[ACC-33] who was signed out everywhere resumes nothing, also when they have come anew', async () => {
    const roomId = await open()
    const ann = await join(server.url, roomId, 'user:ann', {})
    const lost = await join(server.url, roomId, 'user:bob', {})
    lost.room.reconnection.enabled = false
    const { reconnectionToken } = lost.room
    const room = matchMaker.getLocalRoomById(roomId) as BadRoom
    lost.room.connection.close(4010)
    await vi.waitFor(() => expect(room.clients).toHaveLength(1))
    room.signOut('bob')
    const again = await join(server.url, roomId, 'user:bob', {})
    await expect(new ColyseusSDK(server.url).reconnect(reconnectionToken)).rejects.toThrow()
    expect(room.clients).toHaveLength(2)
    await Promise.all([ann.room.leave(), again.room.leave()])
  })
})
