// Since when somebody is here, where several tell of it.
import { expect, it } from 'vitest'
import { Members } from './member.ts'

const ann = { userId: 'ann', name: 'Ann', kind: 'account', platformRole: 'user' } as const

it('[TRE-09] of two times at which somebody came the earlier is kept, unless they were put out', () => {
  const members = new Members()
  members.restore({ identity: ann, role: 'viewer' }, 300)
  const since = () => members.get('ann')?.joinedAt
  // A relay has her since before the writer that is gone was read.
  members.enter(ann, 'viewer', 200)
  expect(since()).toBe(200)
  members.restore({ identity: ann, role: 'viewer', joinedAt: 100 }, 300)
  expect(since()).toBe(100)
  members.enter(ann, 'viewer', 400)
  expect(since()).toBe(100)
  members.dismiss('ann')
  expect(members.enter(ann, 'viewer', 50)).toMatchObject({ isNew: true, member: { joinedAt: 100 } })
})
