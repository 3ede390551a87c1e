/** Relays and a writer over a line that loses, and a writer that forgets and dies: seeded runs. */
import fc from 'fast-check'
import { pack } from 'msgpackr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Outcome } from '../answers.ts'
import { Members } from '../member.ts'
import { kitLimits } from '../protocol.ts'
import { RelayDesk } from './relay-desk.ts'
import { RelayLine } from './relay-line.ts'
import { type Came, packBatch, packPayload } from './upstream.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const world = { now: () => Date.now(), newId: () => 'id', random: () => 0.5 }
const came = (id: string): Came => ({
  kind: 'came',
  identity: { userId: id, name: id, kind: 'guest', platformRole: 'user' },
  admission: { role: 'viewer' },
})

/** One relay, and writers one after the other that know what the journal says of it. */
function house() {
  const line = { isBroken: false, isDown: false, saidBytes: 0 }
  const done: string[] = []
  /** What a journal keeps: the effects, with what was taken when they happened. */
  const kept = { taken: new Map<string, number>(), done: new Set<string>() }
  const present = new Map<string, Came>()
  /** What the journal says of the newest writer and the relay has not read yet. */
  let unread: (() => void)[] = []
  const writer = { epoch: 0 }
  const read = { epoch: 1 }
  let desk: RelayDesk
  let members = new Members()
  const relay = new RelayLine({
    roomId: 'r',
    relay: 'p1',
    epoch: () => read.epoch,
    world,
    present: () => [...present.values()],
    journal: {
      ask: async (_room, bytes) => {
        line.saidBytes += bytes.byteLength
        if (line.isDown) throw new Error('nobody can be told')
        if (!line.isBroken) desk.hear(bytes)
      },
    },
  })
  /** A record of the writer's, which the relay reads when it comes to it. */
  const record = (work: () => void) => {
    const { epoch } = writer
    const taken = kept.taken.get('p1') ?? 0
    unread.push(() => {
      relay.taken(taken)
      const isOther = epoch !== read.epoch
      read.epoch = epoch
      if (isOther) relay.beginAnew()
      work()
    })
  }
  let introducedAt = 0
  const introduce = () => {
    if (Date.now() - introducedAt < kitLimits.relaySayAgainMs) return
    introducedAt = Date.now()
    relay.beginAnew()
  }
  const hear = () => {
    const now = unread
    unread = []
    for (const one of now) one()
  }
  const open = () => {
    writer.epoch += 1
    members = new Members()
    desk = new RelayDesk({
      members,
      epoch: writer.epoch,
      world,
      logger: quiet,
      taken: new Map(kept.taken),
      took: (id, batch) => {
        if (batch === undefined) kept.taken.delete(id)
        else kept.taken.set(id, batch)
        record(() => {})
      },
      // A retry by its id is answered and not done again.
      run: (_member, { name }): Outcome => {
        if (!kept.done.has(name)) done.push(name)
        kept.done.add(name)
        return { status: 'ok', reply: name }
      },
      reply: (reply) => record(() => relay.answered(reply)),
      sureOf: () => undefined,
      putOut: () => {},
      stranger: () => record(introduce),
      entered: () => {},
      exited: () => {},
      touched: () => {},
    })
  }
  open()
  const succeed = () => {
    open()
    record(() => {})
  }
  const forget = () => desk.beat(Date.now() + kitLimits.relaySilentMs * 2)
  const isThere = (id: string) => members.get(id) !== undefined
  return { line, done, relay, present, succeed, forget, hear, isThere }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[REL-08] whatever is lost, forgotten or succeeded, what is asked is done once and answered', async () => {
  const step = fc.constantFrom(
    'ask',
    'ask',
    'ask',
    'come',
    'go',
    'wait',
    'break',
    'mend',
    'succeed',
    'forget',
    'hear',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 50 }), async (steps) => {
      const { line, done, relay, present, succeed, forget, hear, isThere } = house()
      present.set('ann', came('ann'))
      relay.say(came('ann'))
      const answers: Promise<Outcome>[] = []
      for (const now of steps) {
        if (now === 'ask') answers.push(relay.ask('ann', `ask ${answers.length}`, packPayload({})))
        else if (now === 'come' && !present.has('bob')) {
          present.set('bob', came('bob'))
          relay.say(came('bob'))
        } else if (now === 'go' && present.delete('bob')) {
          relay.say({ kind: 'went', memberId: 'bob' })
        } else if (now === 'break') line.isBroken = true
        else if (now === 'mend') line.isBroken = false
        else if (now === 'succeed') succeed()
        else if (now === 'forget') forget()
        else if (now === 'hear') hear()
        else {
          await vi.advanceTimersByTimeAsync(kitLimits.relayBeatMs)
          relay.beat(Date.now())
          hear()
        }
      }
      line.isBroken = false
      for (let beat = 0; beat < 12; beat += 1) {
        await vi.advanceTimersByTimeAsync(kitLimits.relayBeatMs)
        hear()
        relay.beat(Date.now())
        hear()
      }
      expect([...present.keys()].filter(isThere)).toEqual([...present.keys()])
      const outcomes = await Promise.all(answers)
      expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'ok'))
      expect(new Set(done).size).toBe(done.length)
      expect([...done].sort()).toEqual(outcomes.map((_, n) => `ask ${n}`).sort())
      relay.stop()
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
  )
})

test('[REL-26] comings and goings that nobody takes are bounded, and in the end it is known who is here', async () => {
  const { line, relay, present, hear, isThere } = house()
  const beats = async (count: number) => {
    for (let beat = 0; beat < count; beat += 1) {
      await vi.advanceTimersByTimeAsync(kitLimits.relayBeatMs)
      hear()
      relay.beat(Date.now())
      hear()
    }
  }
  const come = (id: string) => {
    present.set(id, came(id))
    relay.say(came(id))
  }
  const go = (id: string) => {
    present.delete(id)
    relay.say({ kind: 'went', memberId: id })
  }
  for (const id of ['ann', 'bob']) come(id)
  await beats(2)
  expect(['ann', 'bob'].map(isThere)).toEqual([true, true])
  line.isBroken = true
  const asked = relay.ask('ann', 'ask', packPayload({}))
  for (let n = 0; n < kitLimits.relayPresenceMax / 2; n += 1) {
    go('bob')
    come('bob')
  }
  go('bob')
  come('cia')
  line.isBroken = false
  line.saidBytes = 0
  await beats(20)
  expect(await asked).toMatchObject({ status: 'ok' })
  expect(['ann', 'bob', 'cia'].map(isThere)).toEqual([true, false, true])
  expect(line.saidBytes).toBeLessThan(64 * 1024)
  // From then on as ever.
  go('cia')
  await beats(2)
  expect(isThere('cia')).toBe(false)
  relay.stop()
})

test('[REL-29] while nobody can be told, who asks hears busy at once, and what was asked before is done', async () => {
  const { line, done, relay, present, hear } = house()
  const beat = async () => {
    await vi.advanceTimersByTimeAsync(kitLimits.relayBeatMs)
    hear()
    relay.beat(Date.now())
    await vi.advanceTimersByTimeAsync(0)
    hear()
  }
  const ask = (name: string) => relay.ask('ann', name, packPayload({}))
  present.set('ann', came('ann'))
  relay.say(came('ann'))
  await beat()
  line.isDown = true
  const before = ask('before')
  await beat()
  const busy = { status: 'refused', body: { code: 'busy' } }
  expect(await ask('meanwhile')).toMatchObject(busy)
  line.isDown = false
  for (let n = 0; n < 4; n += 1) await beat()
  expect(await before).toMatchObject({ status: 'ok' })
  const after = ask('after')
  await beat()
  expect(await after).toMatchObject({ status: 'ok' })
  expect(done).toEqual(['before', 'after'])
  relay.stop()
})

test('[REL-25] what a relay of another version says is refused by name, once in a while, and never misread', () => {
  const errors: { err: Error }[] = []
  const desk = new RelayDesk({
    epoch: 1,
    members: new Members(),
    world,
    logger: { ...quiet, error: (facts) => void errors.push(facts as { err: Error }) },
    taken: new Map([['p1', 0]]),
    took: () => expect.fail('taken'),
    run: () => expect.fail('run'),
    reply: () => expect.fail('answered'),
    stranger: () => expect.fail('asked who it is'),
    sureOf: () => undefined,
    putOut: () => {},
    entered: () => expect.fail('entered'),
    exited: () => {},
    touched: () => {},
  })
  const parts = ['p1', 1, 1, true, [came('ann')]]
  for (const version of [[], [0], [99], ['2']]) {
    desk.hear(Buffer.from(pack([...version, ...parts])))
  }
  for (const bytes of [[2, 'p1', 1, 1.5, true, []], [2, 'p1', 1, 1], null, 7]) {
    desk.hear(Buffer.from(pack(bytes)))
  }
  expect(errors.map(({ err }) => err.name)).toEqual(['UnknownBatch'])
  vi.advanceTimersByTime(kitLimits.relayUnreadEveryMs)
  desk.hear(Buffer.from(pack([99, ...parts])))
  expect(errors[1]?.err.message).toContain('version 99')
})

test('[REL-08] a command that ends after its relay was forgotten brings the relay not back', async () => {
  const running = Promise.withResolvers<Outcome>()
  const taken = new Map<string, number>()
  const desk = new RelayDesk({
    epoch: 1,
    members: new Members(),
    world,
    logger: quiet,
    taken,
    took: (id, batch) => void (batch === undefined ? taken.delete(id) : taken.set(id, batch)),
    run: () => running.promise,
    reply: () => {},
    stranger: () => {},
    sureOf: () => undefined,
    putOut: () => {},
    entered: () => {},
    exited: () => {},
    touched: () => {},
  })
  const asked = {
    kind: 'asked',
    ref: 1,
    memberId: 'ann',
    name: 'slow',
    payload: packPayload({}),
  } as const
  desk.hear(packBatch({ relay: 'p1', epoch: 1, n: 1, isFirst: true, items: [came('ann'), asked] }))
  desk.beat(Date.now() + kitLimits.relaySilentMs)
  running.resolve({ status: 'ok', reply: 'late' })
  await vi.advanceTimersByTimeAsync(0)
  expect([...taken]).toEqual([])
})
