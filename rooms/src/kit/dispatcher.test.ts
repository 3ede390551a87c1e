/** Every command passes here: what is refused, what is done once, what stays a fault of ours. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CountingMeter, countingWorld } from '../testing/memory-ports.ts'
import type { Outcome } from './answers.ts'
import { command, everyone } from './command.ts'
import { Dispatcher } from './dispatcher.ts'
import type { Member } from './member.ts'
import { kitLimits, requestId } from './protocol.ts'
import { Refusal } from './refusal.ts'

const ann: Member = { id: 'ann', name: 'Ann', role: 'viewer', kind: 'account', joinedAt: 0 }
const shape = z.strictObject({ requestId, by: z.number().max(100) })

function open() {
  const clock = { now: 1_000 }
  const done: number[] = []
  const errors: object[] = []
  const waiting: ((error?: Error) => void)[] = []
  const meter = new CountingMeter()
  const state = { isSaturated: false }
  const dispatcher = new Dispatcher<null>({
    room: { id: 'r', kind: 'test' },
    scope: null,
    world: countingWorld(() => clock.now),
    meter,
    isSaturated: () => state.isSaturated,
    logger: {
      debug() {},
      info() {},
      warn() {},
      error: (facts) => void errors.push(facts),
    },
    commands: {
      add: command({
        shape,
        may: everyone,
        rate: { class: 'add', perSecond: 1, burst: 100 },
        action: (_scope, _member, { by }) => ({ at: done.push(by) }),
      }),
      wait: command({
        shape,
        may: everyone,
        rate: { class: 'wait', perSecond: 1, burst: 100 },
        action: (_scope, _member, { by }) =>
          new Promise((resolve, reject) => {
            waiting.push((error) => (error ? reject(error) : resolve({ at: done.push(by) })))
          }),
      }),
      slow: command({
        shape,
        may: everyone,
        rate: { class: 'slow', perSecond: 1, burst: 1 },
        action: () => 'done',
      }),
      own: command({ shape, may: ['host'], action: () => 'host' }),
      no: command({
        shape,
        may: everyone,
        action: () => {
          throw new Refusal('nope', 'No.')
        },
      }),
      broken: command({
        shape,
        may: everyone,
        action: () => {
          throw new Error('secret detail')
        },
      }),
    },
  })
  return { dispatcher, done, errors, waiting, meter, clock, state }
}

const ask = (id: string, by = 1) => ({ requestId: `request-${id}`, by })
const codeOf = (outcome: Outcome | Promise<Outcome>) =>
  'status' in outcome && outcome.status !== 'ok' ? outcome.body.code : outcome

describe('the dispatcher', () => {
  it('[KIT-01] refuses by name: unknown, not allowed, invalid, and says why', () => {
    const { dispatcher, meter } = open()
    expect(codeOf(dispatcher.run(ann, 'fly', {}))).toBe('unknown_command')
    expect(codeOf(dispatcher.run(ann, 'constructor', {}))).toBe('unknown_command')
    expect(codeOf(dispatcher.run(ann, '__proto__', {}))).toBe('unknown_command')
    expect(codeOf(dispatcher.run(ann, 'own', ask('1')))).toBe('not_allowed')
    expect(dispatcher.run(ann, 'add', { requestId: 'request-2', by: 900 })).toMatchObject({
      body: {
        code: 'invalid',
        fields: { by: 'Use 100 or less.' },
        problems: { by: { code: 'too_large', max: 100 } },
      },
    })
    expect(codeOf(dispatcher.run(ann, 'add', { by: 1 }))).toBe('invalid')
    expect(codeOf(dispatcher.run(ann, 'add', { ...ask('3'), extra: 1 }))).toBe('invalid')
    expect(meter.outcomes[0]).toBe('unknown unknown_command')
  })

  it('[KIT-03] the second time gives the first answer and does nothing', async () => {
    const { dispatcher, done, waiting } = open()
    const first = dispatcher.run(ann, 'add', ask('1', 5))
    expect(dispatcher.run(ann, 'add', ask('1', 5))).toEqual(first)
    expect(done).toEqual([5])
    const slow = dispatcher.run(ann, 'wait', ask('2', 7))
    const retry = dispatcher.run(ann, 'wait', ask('2', 7))
    waiting[0]?.()
    expect(await retry).toEqual(await slow)
    expect(await dispatcher.run(ann, 'wait', ask('2', 7))).toEqual(await slow)
    expect(done).toEqual([5, 7])
  })

  it('[KIT-03] ids are per member, and one id never stands for two things', () => {
    const { dispatcher, done } = open()
    void dispatcher.run(ann, 'add', ask('1', 5))
    void dispatcher.run({ ...ann, id: 'bob' }, 'add', ask('1', 6))
    expect(codeOf(dispatcher.run(ann, 'add', ask('1', 9)))).toBe('request_reused')
    expect(done).toEqual([5, 6])
  })

  it('[KIT-04] "not now" is not an answer: the same request may be tried again', () => {
    const { dispatcher, clock, state } = open()
    expect(dispatcher.run(ann, 'slow', ask('1')).constructor).toBe(Object)
    const refused = dispatcher.run(ann, 'slow', ask('2')) as Extract<Outcome, { body: object }>
    expect(refused.body).toMatchObject({ code: 'rate_limited', retryAfterMs: 1_000 })
    clock.now += 1_001
    expect(dispatcher.run(ann, 'slow', ask('2'))).toEqual({ status: 'ok', reply: 'done' })
    state.isSaturated = true
    expect(codeOf(dispatcher.run(ann, 'add', ask('3')))).toBe('busy')
    state.isSaturated = false
    expect(dispatcher.run(ann, 'add', ask('3'))).toMatchObject({ status: 'ok' })
  })

  it('[KIT-05] an allowance is forgotten when it is whole again, not earlier', () => {
    const { dispatcher, clock } = open()
    const slow = (id: string) => codeOf(dispatcher.run(ann, 'slow', ask(id)))
    expect(slow('1')).toEqual({ status: 'ok', reply: 'done' })
    clock.now += 600
    dispatcher.expire()
    expect(slow('2')).toBe('rate_limited')
    expect(dispatcher.limitedMembers).toBe(1)
    clock.now += 1_000
    dispatcher.expire()
    expect(dispatcher.limitedMembers).toBe(0)
    expect(slow('3')).toEqual({ status: 'ok', reply: 'done' })
  })

  it('[KIT-06] a fault tells no details and is logged once with its request id', async () => {
    const { dispatcher, errors, waiting } = open()
    const outcome = dispatcher.run(ann, 'broken', ask('1'))
    expect(outcome).toEqual({
      status: 'fault',
      body: { code: 'unavailable', message: expect.any(String), requestId: 'request-1' },
    })
    expect(errors).toEqual([expect.objectContaining({ requestId: 'request-1', command: 'broken' })])
    const late = dispatcher.run(ann, 'wait', ask('2'))
    waiting[0]?.(new Error('gone'))
    expect((await late).status).toBe('fault')
    expect(codeOf(dispatcher.run(ann, 'no', ask('3')))).toBe('nope')
    expect(errors).toHaveLength(2)
  })

  it('[KIT-07] a member has at most 16 commands under way', () => {
    const { dispatcher } = open()
    for (let n = 0; n < kitLimits.inFlightPerMemberMax; n += 1) {
      void dispatcher.run(ann, 'wait', ask(`w${n}`))
    }
    expect(codeOf(dispatcher.run(ann, 'wait', ask('more')))).toBe('busy')
  })

  it('[KIT-08] answers are kept ten minutes and 20,000 at most', () => {
    const { dispatcher, clock, done } = open()
    void dispatcher.run(ann, 'add', ask('1', 5))
    clock.now += kitLimits.answersKeptMs + 1
    dispatcher.expire()
    void dispatcher.run(ann, 'add', ask('1', 5))
    expect(done).toEqual([5, 5])
  })
})
