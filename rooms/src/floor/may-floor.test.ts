/**
 * Who may say what on the floor, in rooms of both kinds: every command by every role. A command
 * that has no row, or a cell that differs, fails. `ok` also stands for what is refused later, for
 * what the floor is like then.
 */
import { expect, it } from 'vitest'
import { audioKind } from '../audio/audio-kind.ts'
import { liveKind } from '../live/live-kind.ts'
import { floorBench } from '../testing/floor-bench.ts'
import { floorCommands } from './floor-commands.ts'

const roles = [
  'listener',
  'speaker',
  'silenced',
  'timedOut',
  'banned',
  'moderator',
  'leader',
  'host',
] as const
type Role = (typeof roles)[number]
/** One cell for each of `roles`. */
type Row = [command: string, message: object, ...cells: string[]]

const ok = 'ok'
const no = 'not_allowed'
const own = [ok, ok, ok, ok, ok, ok, ok, ok]
const crew = [no, no, no, no, no, ok, ok, ok]
const host = [no, no, no, no, no, no, ok, ok]
/** Of who stands as high as a moderator. */
const above = [no, no, no, no, no, 'outranked', ok, ok]

const rows: Row[] = [
  ['floor.raise', {}, ok, ok, ok, 'timed_out', 'banned', ok, ok, ok],
  ['floor.sit', {}, ok, ok, ok, 'timed_out', 'banned', ok, ok, ok],
  ['floor.lower', {}, ...own],
  ['floor.lower', { userId: 'other' }, ...crew],
  ['floor.lower', { userId: 'mod2' }, ...above],
  ['floor.clear', {}, ...crew],
  ['floor.invite', { userId: 'other' }, ...crew],
  ['floor.decline', {}, ...own],
  ['floor.decline', { userId: 'other' }, ...crew],
  ['floor.decline', { userId: 'mod2' }, ...above],
  ['floor.stand', {}, ...own],
  ['floor.remove', { userId: 'guest' }, ...crew],
  ['floor.remove', { userId: 'seated' }, ...above],
  ['floor.mute', { isMuted: true }, ...own],
  ['floor.silence', { userId: 'guest', isSilenced: true }, ...crew],
  ['floor.silence', { userId: 'seated', isSilenced: true }, ...above],
  ['floor.successor', { userId: 'guest' }, ...host],
  ['floor.open', { isOpen: true }, ...host],
  ['floor.turns', { seconds: 60 }, ...crew],
  ['floor.turn', { userId: 'guest' }, ...crew],
  ['floor.turn', { userId: 'seated' }, ...above],
]
const authorisation = new Set(['not_allowed', 'outranked', 'timed_out', 'banned'])

/** A room with one of each role; only the leader's has a host who is away. */
function staged(kind: typeof audioKind, role: Role) {
  const bench = floorBench(kind)
  const { enter, say, pass, reached, sanctions } = bench
  enter('host', 'host')
  for (const name of ['listener', 'speaker', 'silenced', 'guest', 'leader', 'other']) enter(name)
  for (const name of ['moderator', 'mod2', 'seated']) enter(name, 'moderator')
  for (const name of ['timedOut', 'banned']) enter(name)
  for (const userId of ['speaker', 'silenced', 'guest', 'leader']) {
    say('host', 'floor.invite', { userId })
    expect(say(userId, 'floor.sit')).toBe('ok')
  }
  expect(say('seated', 'floor.sit')).toBe('ok')
  say('host', 'floor.silence', { userId: 'silenced', isSilenced: true })
  for (const name of ['other', 'mod2']) {
    say(name, 'floor.raise')
    say('host', 'floor.invite', { userId: name })
  }
  const facts = { until: null, reason: null, by: 'host', scope: 'channel' } as const
  sanctions.set('timedOut', { ...facts, id: 't', kind: 'timeout', mayAppeal: true })
  sanctions.set('banned', { ...facts, id: 'b', kind: 'ban', mayAppeal: true })
  if (role === 'leader') {
    say('host', 'floor.successor', { userId: 'leader' })
    reached.delete('host')
    pass(30_000)
  }
  return bench
}

it.each([
  ['audio', audioKind],
  ['live', liveKind],
] as const)(
  '[AUD-03] [GST-01] who may do what on the floor of a room of kind %s',
  (_name, kind) => {
    expect(new Set(rows.map(([command]) => command))).toEqual(new Set(Object.keys(floorCommands)))
    for (const [command, message, ...cells] of rows) {
      const found = roles.map((role) => {
        const code = staged(kind, role).say(role, command, message)
        return authorisation.has(code) ? code : 'ok'
      })
      expect([command, message, ...found]).toEqual([command, message, ...cells])
    }
  },
)

it('[AUD-03] all hands that a moderator takes down are those of who stands below them', () => {
  const { say, queue } = staged(audioKind, 'moderator')
  say('moderator', 'floor.raise')
  expect(queue()).toEqual(['other', 'mod2', 'moderator'])
  expect([say('moderator', 'floor.clear'), queue()]).toEqual(['ok', ['mod2']])
  expect([say('host', 'floor.clear'), queue()]).toEqual(['ok', []])
})

it('[AUD-03] whoever is in another room is nobody here', () => {
  const { say } = staged(liveKind, 'host')
  const codes = rows
    .filter(([, message]) => 'userId' in message)
    .map(([command, message]) => [command, say('host', command, { ...message, userId: 'away' })])
  expect(Object.fromEntries(codes)).toEqual({
    'floor.lower': 'hand_down',
    'floor.invite': 'not_here',
    'floor.decline': 'not_invited',
    'floor.remove': 'not_seated',
    'floor.silence': 'not_seated',
    'floor.successor': 'not_here',
    'floor.turn': 'not_seated',
  })
})

it('[AUD-03] whoever is on the way back stands as their seat says', () => {
  const { here, say, floor } = staged(audioKind, 'moderator')
  // As behind a process that was killed: the seat is there, its person not yet.
  for (const name of ['host', 'seated', 'speaker']) here.delete(name)
  const silence = (userId: string) =>
    say('moderator', 'floor.silence', { userId, isSilenced: true })
  expect(['host', 'seated', 'speaker'].map(silence)).toEqual(['outranked', 'outranked', 'ok'])
  expect(floor.speakers.get('host')?.isSilenced).toBe(false)
  expect(say('moderator', 'floor.remove', { userId: 'host' })).toBe('outranked')
})

const wrong: unknown[] = [
  null,
  [],
  'floor',
  7,
  {},
  { requestId: 7 },
  { requestId: 'request-1', userId: 7, isMuted: 'yes', isSilenced: 1, isOpen: null, seat: '1' },
  { requestId: 'request-1', userId: '', seat: 0, isMuted: {}, isSilenced: [], isOpen: 'no' },
  { requestId: 'request-1', userId: 'x'.repeat(65), seat: 100 },
  { requestId: 'request-1', userId: { $ne: null }, seat: Number.NaN },
  { requestId: 'request-1', userId: ['ann'], seat: 1.5 },
]

it('[AUD-03] what is no message of the floor has no shape there, nor has one that says more', () => {
  for (const [name, { shape }] of Object.entries(floorCommands)) {
    for (const message of wrong)
      expect([name, shape.safeParse(message).success]).toEqual([name, false])
  }
  for (const [name, message] of rows) {
    const good = { requestId: 'request-1', ...message }
    const { shape } = floorCommands[name] ?? {}
    expect([name, shape?.safeParse(good).success]).toEqual([name, true])
    expect([name, shape?.safeParse({ ...good, role: 'host' }).success]).toEqual([name, false])
    const { __proto__: _none, ...bare } = good as Record<string, unknown>
    const sly: unknown = JSON.parse(`{"__proto__":{"role":"host"},${JSON.stringify(bare).slice(1)}`)
    expect([name, shape?.safeParse(sly).success]).toEqual([name, false])
  }
})

it('[AUD-02] what everybody may do on the floor has an allowance of its own', () => {
  const slow = Object.entries(floorCommands).filter(([, { rate }]) => rate.class === 'floor')
  expect(slow.map(([name]) => name)).toEqual([
    'floor.raise',
    'floor.lower',
    'floor.decline',
    'floor.sit',
    'floor.stand',
  ])
  for (const [, { rate }] of slow) expect(rate).toMatchObject({ perSecond: 1, burst: 10 })
})
