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
  const past = readPast({ snapshot, records })
  expect(past?.members.map(({ identity: { userId }, role }) => [userId, role])).toEqual([
    ['was', 'viewer'],
    ['is', 'moderator'],
  ])
})
