import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ChatPosted } from '@odeon/rooms/protocol'
import { closeCodes, kitLimits } from '@odeon/rooms/protocol'
import { type RoomServer, startRoomServer } from '../../../rooms/src/testing/room-server.ts'
import { LiveConnection } from '../live/live-connection.ts'
import { fastWorld } from '../testing/fast-world.ts'
import { type FlakyLine, flakyLine } from '../testing/flaky-line.ts'
import { roomDoor } from '../testing/room-door.ts'
import { realWorld, type World } from '../world.ts'
import type { WakeupHandlers } from './wakeups.ts'

let server: RoomServer
let streams = 0
let streamId: string
let host: LiveConnection
let line: FlakyLine
const wakeups: WakeupHandlers[] = []
const logged: unknown[][] = []

function client(who: string, url: string, world: World = realWorld): LiveConnection {
  return new LiveConnection({
    streamId,
    world,
    door: roomDoor(url, `live_${streamId}`, `user:${who}`),
    wakeups: {
      listen(handlers) {
        wakeups.push(handlers)
        return () => void wakeups.splice(wakeups.indexOf(handlers), 1)
      },
    },
    history: () => Promise.resolve({ entries: [], more: false }),
  })
}

async function enter(who: string, url: string, world?: World): Promise<LiveConnection> {
  const room = client(who, url, world)
  await room.open()
  return room
}

const texts = (room: LiveConnection) =>
  room.entries.flatMap((item) => (item.type === 'chat.posted' ? [item.text] : []))
const live = (room: LiveConnection) => vi.waitFor(() => expect(room.connection).toBe('live'), 5_000)

/** Closes the server's end of somebody's sockets with a code. */
function kick(who: string, code: number): void {
  for (const { auth, ref } of server.room(streamId).clients) {
    const socket = ref as unknown as WebSocket
    if ((auth as { userId: string }).userId === who) socket.close(code)
  }
}

beforeAll(async () => {
  for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void logged.push(words))
  }
  server = await startRoomServer()
})
afterAll(async () => {
  await server.stop()
  expect(logged, '[SDK-21] nothing is written to the console').toEqual([])
})
beforeEach(async () => {
  streamId = `s${++streams}`
  await server.openStream(streamId, 'ann')
  host = await enter('ann', server.url)
  await host.start()
  line = await flakyLine(server.url)
})
afterEach(async () => {
  await line.close()
  await host.leave()
})

describe('joining', () => {
  test('[SDK-02] history is there when the join resolves, and reaches listeners attached then', async () => {
    for (const text of ['one', 'two', 'three']) await host.chat.send(text)
    const room = await enter('bob', line.url)
    const heard: [string, boolean][] = []
    room.on('chat.posted', ({ text }, { replayed }) => heard.push([text, replayed]))
    expect(texts(room)).toEqual(['one', 'two', 'three'])
    expect(heard).toEqual([])
    await host.chat.send('four')
    await vi.waitFor(() => expect(heard).toHaveLength(4))
    expect(heard.map(([text]) => text)).toEqual(['one', 'two', 'three', 'four'])
    expect(heard.map(([, replayed]) => replayed)).toEqual([true, true, true, false])
    await room.leave()
  })

  test('[SDK-02] the owner is host, others are viewers, and state is there at once', async () => {
    const room = await enter('bob', line.url)
    expect(host.you.role).toBe('host')
    expect(room.you).toEqual({ id: 'bob', name: 'Name of bob', role: 'viewer' })
    expect(room.state).toMatchObject({ phase: 'live', viewerCount: 1 })
    expect(room.state.crew.get('ann')).toEqual({ name: 'Name of ann', role: 'host' })
    await room.leave()
  })

  test('[SDK-12] a join that cannot be had fails once, by name', async () => {
    server.ports.streams.banned.add('mal')
    await expect(enter('mal', line.url)).rejects.toMatchObject({ name: 'Refusal', code: 'banned' })
    line.cut()
    await expect(enter('bob', line.url)).rejects.toMatchObject({ reason: 'network' })
    expect(wakeups).toHaveLength(1)
  })
})

describe('a lost connection', () => {
  test('[SDK-08] comes back to the same session: same objects, callbacks, no entry lost', async () => {
    const room = await enter('bob', line.url)
    const statuses: string[] = []
    const heard: [number, boolean][] = []
    const counts: number[] = []
    room.onConnection((status) => statuses.push(status))
    room.on('chat.posted', ({ seq }, { replayed }) => heard.push([seq, replayed]))
    room.on('discontinuity', () => heard.push([-1, false]))
    room.onChange(
      (state) => state.reactions.heart,
      (now) => counts.push(now),
    )
    const crew = room.state.crew
    await host.chat.send('before')
    await vi.waitFor(() => expect(heard).toHaveLength(1))

    line.cut()
    await vi.waitFor(() => expect(room.connection).toBe('resuming'))
    expect(room.nextAttemptAt).toBeGreaterThan(0)
    for (const text of ['a', 'b', 'c']) await host.chat.send(text)
    await host.reactions.send({ kind: 'heart', count: 3 })
    line.mend()
    await live(room)
    await host.chat.send('after')

    await vi.waitFor(() => expect(heard).toHaveLength(5))
    expect(heard).toEqual([
      [2, false],
      [3, true],
      [4, true],
      [5, true],
      [6, false],
    ])
    expect(texts(room)).toEqual(['before', 'a', 'b', 'c', 'after'])
    expect(counts).toEqual([3])
    expect(room.state.crew).toBe(crew)
    expect(server.room(streamId).clients).toHaveLength(2)
    expect(statuses[0]).toBe('resuming')
    expect(statuses.at(-1)).toBe('live')
    await room.leave()
  })

  test('[SDK-09] gets a new seat when the session is gone, and misses nothing', async () => {
    const room = await enter('bob', line.url, fastWorld(10))
    const heard: string[] = []
    room.on('chat.posted', ({ text }) => heard.push(text))
    for (const code of [4001, 4002, 4003, closeCodes.slowConsumer, 1000]) {
      kick('bob', code)
      await host.chat.send(`during ${code}`)
      await vi.waitFor(() => expect(heard).toContain(`during ${code}`), 5_000)
      await live(room)
    }
    expect(heard).toHaveLength(5)
    expect(heard).toEqual(texts(room))
    await room.leave()
  })

  test('[SDK-10] ends by name when the room closes it for good', async () => {
    for (const because of ['removed', 'replaced', 'flooding', 'unauthenticated'] as const) {
      const room = await enter('bob', line.url)
      const waiting = room.chat.send('too late').catch((error: unknown) => error)
      kick('bob', closeCodes[because])
      await vi.waitFor(() => expect(room.connection).toBe('closed'))
      expect(room.closeReason).toBe(because)
      expect(await waiting).toMatchObject({ reason: 'closed' })
      await expect(room.chat.send('x')).rejects.toMatchObject({ reason: 'closed' })
    }
    expect(wakeups).toHaveLength(1)
  })

  test('[SDK-07] is retried until the server is back, and at once when the device says so', async () => {
    const room = await enter(
      'bob',
      line.url,
      fastWorld(1, () => 0.999),
    )
    line.cut()
    const starts: number[] = []
    room.onConnection(() => {
      if (room.nextAttemptAt !== undefined) starts.push(room.nextAttemptAt - Date.now())
    })
    await vi.waitFor(() => expect(starts).toHaveLength(3), 6_000)
    expect(starts.map((ms) => Math.round(ms / 500))).toEqual([1, 2, 4])
    line.mend()
    const before = Date.now()
    wakeups.at(-1)?.online()
    await live(room)
    expect(Date.now() - before).toBeLessThan(1_500)
    await room.leave()
  })

  test('[SDK-11] is noticed though neither end says a word', async () => {
    const room = await enter('bob', line.url, fastWorld(20))
    line.freeze()
    await vi.waitFor(() => expect(room.connection).toBe('resuming'), 2_000)
    await live(room)
    await room.leave()
  })

  test('[SDK-11] is not imagined in a quiet room: the server answers pings', async () => {
    const room = await enter('bob', line.url, fastWorld(100))
    const statuses: string[] = []
    room.onConnection((status) => statuses.push(status))
    await new Promise((resolve) => room.onChange((state) => state.metrics.at, resolve))
    expect(statuses).toEqual([])
    await room.leave()
  })
})

describe('commands', () => {
  test('[SDK-04] sent while away, each lands once, in order, and resolves with its entry', async () => {
    const room = await enter('bob', line.url)
    line.cut()
    await vi.waitFor(() => expect(room.connection).toBe('resuming'))
    const sent = Array.from({ length: 8 }, (_, n) => room.chat.send(`offline ${n}`))
    expect(room.outbox).toHaveLength(8)
    line.mend()
    const entries: ChatPosted[] = await Promise.all(sent)
    expect(entries.map(({ text }) => text)).toEqual(
      Array.from({ length: 8 }, (_, n) => `offline ${n}`),
    )
    const seqs = entries.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
    await vi.waitFor(() => expect(texts(host)).toHaveLength(8))
    expect(texts(host)).toEqual(entries.map(({ text }) => text))
    expect(room.outbox).toEqual([])
    await room.leave()
  })

  test('[SDK-22] one larger than the room takes is refused here, and the room goes on', async () => {
    const room = await enter('bob', line.url)
    const tooLarge = 'x'.repeat(kitLimits.inboundBytesMax)
    await expect(room.chat.send(tooLarge)).rejects.toMatchObject({ code: 'invalid' })
    expect(await room.chat.send('small')).toMatchObject({ text: 'small' })
    await room.leave()
  })

  test('[SDK-12] refusals carry their code and text', async () => {
    const room = await enter('bob', line.url)
    await expect(room.chat.send('   ')).rejects.toMatchObject({ name: 'Refusal', code: 'invalid' })
    await expect(room.start()).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(host.start()).rejects.toMatchObject({ code: 'wrong_phase' })
    await room.leave()
  })

  test('[SDK-04] taps on a reaction travel together and share their answer', async () => {
    const room = await enter('bob', line.url)
    const replies = await Promise.all(Array.from({ length: 12 }, () => room.react('fire')))
    expect(replies.at(-1)).toEqual({ kind: 'fire', total: 12 })
    expect(new Set(replies).size).toBe(2)
    await room.leave()
  })
})

describe('leaving', () => {
  test('[SDK-10] is consented, told to others at once, and leaves nothing behind', async () => {
    const room = await enter('bob', line.url)
    await vi.waitFor(() => expect(host.state.viewerCount).toBe(1))
    await room.leave()
    expect(room.connection).toBe('closed')
    expect(room.closeReason).toBe('left')
    await vi.waitFor(() => expect(host.state.viewerCount).toBe(0), 5_000)
    expect(wakeups).toHaveLength(1)
    await room.leave()
  })

  test('[SDK-10] works while the connection is away', async () => {
    const room = await enter('bob', line.url)
    line.cut()
    await vi.waitFor(() => expect(room.connection).toBe('resuming'))
    await room.leave()
    expect(room.closeReason).toBe('left')
    line.mend()
    expect(room.connection).toBe('closed')
  })
})

test('[SDK-01] a listener that throws stops neither the others nor the log', async () => {
  const uncaught: unknown[] = []
  const keep = (error: unknown) => void uncaught.push(error)
  const known = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', keep)
  const room = await enter('bob', line.url)
  const heard: string[] = []
  room.on('chat.posted', () => {
    throw new Error('mine')
  })
  room.on('chat.posted', ({ text }) => heard.push(text))
  for (const text of ['a', 'b']) await host.chat.send(text)
  await vi.waitFor(() => expect(heard).toEqual(['a', 'b']))
  expect(uncaught).toHaveLength(2)
  process.off('uncaughtException', keep)
  for (const listener of known) process.on('uncaughtException', listener)
  await room.leave()
})
