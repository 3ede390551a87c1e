import { closeCodes } from '@odeon/rooms/protocol'
import { describe, expect, test, vi } from 'vitest'
import type { LiveConnection } from '../live/live-connection.ts'
import { flakyLine } from '../testing/flaky-line.ts'
import { fastWorld } from '../testing/fast-world.ts'
import { handWorld } from '../testing/hand-world.ts'
import { roomBench, texts } from '../testing/room-bench.ts'
import { realWorld, type World } from '../world.ts'
import { backoffLimits } from './backoff.ts'
import { seatUrl } from './seat-url.ts'
import type { Door } from './way-in.ts'

const bench = roomBench()
const live = (room: LiveConnection) => vi.waitFor(() => expect(room.connection).toBe('live'), 5_000)

describe('joining', () => {
  test('[SDK-02] history is there when the join resolves, and reaches listeners attached then', async () => {
    for (const text of ['one', 'two', 'three']) await bench.host.chat.send(text)
    const room = await bench.enter('bob')
    const heard: [string, boolean][] = []
    room.on('chat.posted', ({ text }, { replayed }) => heard.push([text, replayed]))
    expect(texts(room)).toEqual(['one', 'two', 'three'])
    expect(heard).toEqual([])
    await bench.host.chat.send('four')
    await vi.waitFor(() => expect(heard).toHaveLength(4))
    expect(heard.map(([text]) => text)).toEqual(['one', 'two', 'three', 'four'])
    expect(heard.map(([, replayed]) => replayed)).toEqual([true, true, true, false])
    await room.leave()
  })

  test('[SDK-02] the owner is host, others are viewers, and state is there at once', async () => {
    const room = await bench.enter('bob')
    expect(bench.host.you.role).toBe('host')
    expect(room.you).toMatchObject({ id: 'bob', name: 'Name of bob', role: 'viewer' })
    expect(room.state).toMatchObject({ phase: 'live', viewerCount: 1 })
    expect(room.state.crew.get('ann')).toEqual({ name: 'Name of ann', role: 'host', tier: 0 })
    await room.leave()
  })

  test('[SDK-12] a join that cannot be had fails once, by name', async () => {
    bench.server.ports.streams.banned.add('mal')
    await expect(bench.enter('mal')).rejects.toMatchObject({ name: 'Refusal', code: 'banned' })
    bench.line.cut()
    await expect(bench.enter('bob')).rejects.toMatchObject({ reason: 'network' })
    expect(bench.wakeups).toHaveLength(1)
  })

  test('[SDK-37] a first seat at a process that is gone by then is followed by one more', async () => {
    const gone = await flakyLine(bench.server.url)
    await gone.close()
    let astray = 1
    const steps: string[] = []
    const through = (door: Door): Door => ({
      takeSeat: (options) => {
        steps.push('seat')
        return door.takeSeat(options)
      },
      connect: (seat) =>
        astray-- > 0 ? new WebSocket(seatUrl(gone.url, seat)) : door.connect(seat),
    })
    const pauseMs = backoffLimits.firstMs / 4
    const scattered: World = {
      ...realWorld,
      random: () => 0.25,
      after: (delayMs, run) =>
        realWorld.after(delayMs, () => {
          if (delayMs === pauseMs) steps.push('pause')
          run()
        }),
    }
    const room = await bench.enter('eve', scattered, through)
    expect(room.connection).toBe('live')
    expect(steps).toEqual(['seat', 'pause', 'seat'])
    await room.leave()
    astray = 2
    await expect(bench.enter('eve', undefined, through)).rejects.toMatchObject({
      reason: 'network',
    })
    expect(astray).toBe(0)
  })
})

describe('a lost connection', () => {
  test('[SDK-08] comes back to the same session: same objects, callbacks, no entry lost', async () => {
    const room = await bench.enter('bob')
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
    await bench.host.chat.send('before')
    await vi.waitFor(() => expect(heard).toHaveLength(1))

    let promisedAt: number | undefined
    room.onConnection(() => (promisedAt ??= room.nextAttemptAt))
    bench.line.cut()
    await vi.waitFor(() => expect(room.connection).toBe('resuming'))
    expect(promisedAt).toBeGreaterThan(0)
    for (const text of ['a', 'b', 'c']) await bench.host.chat.send(text)
    await bench.host.reactions.send({ kind: 'heart', count: 3 })
    bench.line.mend()
    await live(room)
    await bench.host.chat.send('after')

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
    expect(bench.server.room(bench.streamId).clients).toHaveLength(2)
    expect(statuses[0]).toBe('resuming')
    expect(statuses.at(-1)).toBe('live')
    await room.leave()
  })

  test('[SDK-09] gets a new seat when the session is gone, and misses nothing', async () => {
    const room = await bench.enter('bob', fastWorld(10))
    const heard: string[] = []
    room.on('chat.posted', ({ text }) => heard.push(text))
    for (const code of [4001, 4002, 4003, closeCodes.slowConsumer, 1000]) {
      bench.kick('bob', code)
      await bench.host.chat.send(`during ${code}`)
      await vi.waitFor(() => expect(heard).toContain(`during ${code}`), 5_000)
      await live(room)
    }
    expect(heard).toHaveLength(5)
    expect(heard).toEqual(texts(room))
    await room.leave()
  })

  test('[SDK-10] ends by name when the room closes it for good', async () => {
    const others = bench.wakeups.length
    for (const because of ['removed', 'replaced', 'flooding', 'malformed'] as const) {
      const room = await bench.enter('bob')
      const waiting = room.chat.send('too late').catch((error: unknown) => error)
      bench.kick('bob', closeCodes[because])
      await vi.waitFor(() => expect(room.connection).toBe('closed'))
      expect(room.closeReason).toBe(because)
      expect(await waiting).toMatchObject({ reason: 'closed' })
      await expect(room.chat.send('x')).rejects.toMatchObject({ reason: 'closed' })
    }
    expect(bench.wakeups).toHaveLength(others)
  })

  test('[SDK-07] is retried until the server is back, and at once when the device says so', async () => {
    const room = await bench.enter(
      'bob',
      fastWorld(1, () => 0.999),
    )
    bench.line.cut()
    const starts: number[] = []
    room.onConnection(() => {
      if (room.nextAttemptAt !== undefined) starts.push(room.nextAttemptAt - Date.now())
    })
    await vi.waitFor(() => expect(starts).toHaveLength(3), 6_000)
    expect(starts.map((ms) => Math.round(ms / 500))).toEqual([1, 2, 3])
    bench.line.mend()
    expect(room.nextAttemptAt).toBeDefined()
    bench.wakeups.at(-1)?.online()
    expect(room.nextAttemptAt).toBeUndefined()
    await live(room)
    await room.leave()
  })

  test('[SDK-11] is noticed though neither end says a word, and not imagined in a quiet room', async () => {
    const world = handWorld()
    const room = await bench.enter('bob', world)
    for (const round of [1, 2, 3]) {
      const before = bench.line.receivedBytes()
      world.advance(8_000)
      await vi.waitFor(() => expect(bench.line.receivedBytes()).toBeGreaterThan(before))
      // Whatever the server said to the ping has arrived when the answer to this has.
      await room.chat.send(`round ${round}`)
    }
    expect(room.connection).toBe('live')
    bench.line.freeze()
    world.advance(15_000)
    expect(room.connection).toBe('resuming')
    await vi.waitFor(() => {
      world.advance(100)
      expect(room.connection).toBe('live')
    })
    await room.leave()
  })
})
