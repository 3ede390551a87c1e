/** What is folded from what a journal holds, and from what no version of ours would write. */
import { expect, test } from 'vitest'
import { messageFrame, websocketFrame } from '../wire.ts'
import { readPast } from './past.ts'
import { type Hidden, packRecord, packSnapshot } from './record.ts'

const line = (seq: number) => messageFrame('chat.posted', { seq, at: seq, text: `line ${seq}` })
const state = websocketFrame(Buffer.from([14, 128, 1]))
const record = (n: number, hidden?: Hidden) =>
  packRecord({
    epoch: 1,
    n,
    head: n,
    entries: 1,
    patchBytes: 0,
    chunk: line(n),
    full: state,
    hidden,
    at: n,
  })
const identity = (userId: string) =>
  ({ userId, name: userId, kind: 'account', platformRole: 'user' }) as const
const snapshot = packSnapshot({
  epoch: 1,
  n: 1,
  head: 1,
  epochFrom: 1,
  sameSince: 1,
  full: state,
  log: line(1),
  entries: 1,
  memory: { held: ['one'] },
  done: [],
  members: [
    { identity: identity('was'), role: 'moderator' },
    { identity: identity('out'), role: 'viewer' },
    { identity: identity('is'), role: 'viewer' },
  ],
  taken: {},
  at: 1,
})

test('[JRN-38] who was here has the role that was given last, and who was put out is not here', () => {
  const roles = [
    { id: 'was', role: 'viewer' as const },
    { id: 'is', role: 'moderator' as const },
  ]
  const records = [record(2, { roles }), record(3, { dismissed: ['out'] })]
  const past = readPast({ snapshot, records }, () => {})
  expect(past?.members.map(({ identity: { userId }, role }) => [userId, role])).toEqual([
    ['was', 'viewer'],
    ['is', 'moderator'],
  ])
})

const huge = Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff])
const broken: [name: string, bytes: Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['no msgpack', Buffer.from([0xc1])],
  ['an endless list', huge],
  ['a word that is no record', Buffer.from('hello')],
  ['null', Buffer.from([0xc0])],
  ['half of a record', record(9).subarray(0, 40)],
  ['a record cut off inside a frame', packRecord({ ...parts(), chunk: line(9).subarray(0, 9) })],
  ['numbers beyond counting', packRecord({ ...parts(), epoch: 2 ** 60 })],
  ['numbers below nothing', packRecord({ ...parts(), n: -1 })],
  ['frames that are no entries', packRecord({ ...parts(), chunk: state })],
]

function parts() {
  return {
    epoch: 1,
    n: 9,
    head: 9,
    entries: 1,
    patchBytes: 0,
    chunk: line(9),
    full: undefined,
    hidden: undefined,
    at: 9,
  }
}

test.each(broken)('[JRN-39] %s is passed over, and the rest is read', (_name, bytes) => {
  const errors: unknown[] = []
  const unread = (error: unknown) => void errors.push(error)
  const past = readPast({ snapshot, records: [bytes, record(2), bytes, record(3)] }, unread)
  expect(past?.log.map(({ entry }) => entry.seq)).toEqual([1, 2, 3])
  expect(past).toMatchObject({ head: 3, n: 3, memory: { held: ['one'] } })
  expect(past?.state).toHaveLength(1)
  expect(errors).toHaveLength(2)
  // Each takes room in the journal all the same.
  expect(past?.kept.map(({ at }) => at.n)).toEqual([0, 2, 2, 3])
  expect(past?.kept[2]?.bytes).toBe(bytes.byteLength)
  const without = readPast({ snapshot: bytes, records: [record(2)] }, unread)
  expect(without).toMatchObject({ head: 2, memory: {} })
  expect(readPast({ snapshot: bytes, records: [bytes] }, unread)).toBeUndefined()
})
