import { describe, expect, test } from 'vitest'
import { Refusal, Unavailable } from '../refusal.ts'
import { type HandWorld, handWorld } from '../testing/hand-world.ts'
import { Outbox, outboxLimits } from './outbox.ts'
import type { Answer } from './wire.ts'

interface Carried {
  command: string
  payload: Record<string, unknown>
  answered: (answer: Answer) => void
}

/** An outbox whose connection the test holds in its hands. */
function outbox(world: HandWorld = handWorld()) {
  const carried: Carried[] = []
  const box = new Outbox(world)
  const open = () =>
    box.open((command, payload, answered) => carried.push({ command, payload, answered }))
  const ids = () => carried.map(({ payload }) => payload.requestId)
  return { box, carried, open, ids, world }
}

const ok = (payload: unknown = 'done'): Answer => ({ status: 'ok', payload })
const refusal = (code: string, retryAfterMs?: number): Answer => ({
  status: 'refused',
  payload: { code, message: 'No.', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
})
const failure = (sent: Promise<unknown>) => sent.catch((error: unknown) => error)

describe('answers', () => {
  test('[SDK-04] a command resolves with its reply', async () => {
    const { box, carried, open } = outbox()
    open()
    const sent = box.send('chat.send', { text: 'hi' })
    expect(carried[0]?.payload).toEqual({ text: 'hi', requestId: expect.any(String) })
    carried[0]?.answered(ok({ seq: 7 }))
    expect(await sent).toEqual({ seq: 7 })
    expect(box.items).toEqual([])
  })

  test('[SDK-12] a refusal rejects with its code, text and time to wait', async () => {
    const { box, carried, open } = outbox()
    open()
    const sent = failure(box.send('chat.send', {}))
    carried[0]?.answered(refusal('rate_limited', 340))
    const error = await sent
    expect(error).toBeInstanceOf(Refusal)
    expect(error).toMatchObject({ code: 'rate_limited', message: 'No.', retryAfterMs: 340 })
  })

  test('[SDK-12] a fault of the room rejects as Unavailable and names the failure', async () => {
    const { box, carried, open } = outbox()
    open()
    const sent = failure(box.send('chat.send', {}))
    carried[0]?.answered({ status: 'fault', payload: { code: 'unavailable', requestId: 'r-1' } })
    expect(await sent).toMatchObject({ name: 'Unavailable', reason: 'server', requestId: 'r-1' })
  })
})

describe('while the connection is away', () => {
  test('[SDK-04] a command waits and goes out with the same id after each loss', async () => {
    const { box, open, ids, carried } = outbox()
    const sent = box.send('chat.send', { text: 'a' })
    expect(carried).toEqual([])
    open()
    box.lose()
    open()
    expect(ids()).toHaveLength(2)
    expect(new Set(ids()).size).toBe(1)
    carried[1]?.answered(ok())
    expect(await sent).toBe('done')
  })

  test('[SDK-04] an answer from before the loss settles nothing twice', async () => {
    const { box, open, carried } = outbox()
    open()
    const sent = box.send('chat.send', {})
    box.lose()
    carried[0]?.answered(refusal('late'))
    open()
    carried[1]?.answered(ok())
    expect(await sent).toBe('done')
  })

  test('[SDK-04] "too fast" and "busy" after an outage mean later, not no', async () => {
    const { box, open, carried, ids, world } = outbox()
    const sent = box.send('chat.send', {})
    open()
    carried[0]?.answered(refusal('rate_limited', 400))
    world.advance(399)
    expect(carried).toHaveLength(1)
    world.advance(1)
    expect(new Set(ids()).size).toBe(1)
    carried[1]?.answered(refusal('busy'))
    world.advance(1_000)
    carried[2]?.answered(ok())
    expect(await sent).toBe('done')
  })

  test('[SDK-05] its commands can be seen, each with its state', () => {
    const { box, open, world } = outbox()
    let changes = 0
    box.onChange(() => (changes += 1))
    void box.send('chat.send', { text: 'a' })
    void box.send('chat.send', { text: 'b' })
    const createdAt = world.now()
    expect(box.items).toMatchObject([
      { command: 'chat.send', ask: { text: 'a' }, state: 'waiting', createdAt },
      { command: 'chat.send', ask: { text: 'b' }, state: 'waiting' },
    ])
    open()
    expect(box.items.map(({ state }) => state)).toEqual(['sent', 'waiting'])
    box.lose()
    expect(box.items.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    expect(changes).toBe(4)
  })
})

describe('bounds', () => {
  test('[SDK-05] the hundred-and-first command fails at once by name', async () => {
    const { box } = outbox()
    for (let n = 0; n < outboxLimits.commandsMax; n++) void box.send('chat.send', { n })
    const error = await failure(box.send('chat.send', {}))
    expect(error).toBeInstanceOf(Unavailable)
    expect(error).toMatchObject({ reason: 'outbox_full' })
    expect(box.items).toHaveLength(outboxLimits.commandsMax)
  })

  test('[SDK-04] a command without an answer fails when its deadline passes', async () => {
    const { box, open, carried, world } = outbox()
    const waiting = failure(box.send('chat.send', {}, { deadlineMs: 1_000 }))
    world.advance(999)
    open()
    world.advance(1)
    expect(await waiting).toMatchObject({ name: 'Unavailable', reason: 'deadline' })
    const late = failure(box.send('chat.send', {}))
    world.advance(outboxLimits.deadlineMs)
    expect(await late).toMatchObject({ reason: 'deadline' })
    carried[1]?.answered(ok())
    expect(box.items).toEqual([])
    expect(world.waiting()).toBe(0)
  })

  test('[SDK-04] closing fails what waits and whatever comes after', async () => {
    const { box, open, world } = outbox()
    open()
    const waiting = [failure(box.send('a', {})), failure(box.send('b', {}))]
    box.close()
    for (const error of await Promise.all(waiting))
      expect(error).toMatchObject({ reason: 'closed' })
    expect(await failure(box.send('a', {}))).toMatchObject({ reason: 'closed' })
    expect(world.waiting()).toBe(0)
  })

  test('[SDK-22] a flood from the app leaves at a pace below the ceiling of the room', () => {
    const { box, open, carried, world } = outbox()
    open()
    for (let n = 0; n < outboxLimits.commandsMax; n++) void box.send(`command-${n}`, {})
    expect(carried).toHaveLength(outboxLimits.inFlightMax)
    let inSecond = carried.length
    let answered = 0
    for (let ms = 0; ms < 1_000; ms += 10) {
      while (answered < carried.length) carried[answered++]?.answered(ok())
      world.advance(10)
      inSecond = carried.length
    }
    expect(inSecond).toBeLessThanOrEqual(outboxLimits.sendBurst + outboxLimits.sendPerSecond)
    expect(inSecond).toBeGreaterThan(outboxLimits.sendPerSecond)
  })
})

describe('order', () => {
  test('[SDK-06] commands of one name travel one by one, other names beside them', () => {
    const { box, open, carried } = outbox()
    open()
    void box.send('chat.send', { n: 1 })
    void box.send('chat.send', { n: 2 })
    void box.send('reaction.send', { n: 3 })
    expect(carried.map(({ payload }) => payload.n)).toEqual([1, 3])
    carried[0]?.answered(ok())
    expect(carried.map(({ payload }) => payload.n)).toEqual([1, 3, 2])
  })

  test('[SDK-06] a command told to wait keeps its place before those behind it', () => {
    const { box, open, carried, world } = outbox()
    for (const n of [1, 2]) void box.send('chat.send', { n })
    open()
    carried[0]?.answered(refusal('rate_limited', 100))
    world.advance(50)
    expect(carried).toHaveLength(1)
    world.advance(50)
    carried[1]?.answered(ok())
    expect(carried.map(({ payload }) => payload.n)).toEqual([1, 1, 2])
  })

  test('[SDK-04] a request id of the app is used as it is', () => {
    const { box, open, ids } = outbox()
    open()
    void box.send('chat.send', {}, { requestId: 'my-own-id-1' })
    expect(ids()).toEqual(['my-own-id-1'])
  })
})
