import { expect, test } from 'vitest'
import { addressFilters } from './address-filters.ts'
import { auditQuery } from './audit-kinds.ts'
import { overviewFigures } from './overview-figures.ts'
import { queueQuery } from './queue-filters.ts'

test('[WEB-146] an address narrows by known names and short texts, and by nothing else', () => {
  const filters = addressFilters(['status', 'type'])
  expect(filters({ status: 'resolved', type: 7, by: 'me', more: {} })).toEqual({
    status: 'resolved',
    type: '7',
  })
  expect(filters({ status: 'x'.repeat(101), type: '' })).toEqual({})
  expect(queueQuery({ status: 'mistyped', type: 'stream', automatic: 'maybe' })).toEqual({
    status: 'pending',
    type: 'stream',
  })
})

test('[WEB-146] days of the audit log are whole, ids are ids, the rest is left out', () => {
  const day = 24 * 60 * 60_000
  const { from, to } = auditQuery({ from: '2026-11-01', to: '2026-11-01' })
  expect((to ?? 0) - (from ?? 0)).toBe(day)
  expect(auditQuery({ by: 'somebody', kind: 'Ban them', from: 'yesterday' })).toEqual({})
  const id = '01890000-0000-7000-8000-00000000dead'
  expect(auditQuery({ target: id, kind: 'ban' })).toEqual({ target: id, kind: 'ban' })
})

test('[WEB-146] every number of the overview leads to a list; who waits is urgent', () => {
  const figures = overviewFigures({
    at: 0,
    live: { streams: 1, rooms: 2, clients: 3, viewers: 4 },
    queues: { flags: 5, appeals: 0 },
    people: { accounts: 6, suspended: 7, signupsToday: 8, guestsToday: 9 },
    archive: { queued: 0, stored: 0, givenUp: 0, failingSince: null },
    process: { startedAt: 0, memoryBytes: 0 },
  })
  expect(figures.every(({ to }) => to.startsWith('/admin/'))).toBe(true)
  expect(figures.filter(({ isUrgent }) => isUrgent).map(({ name }) => name)).toEqual([
    'pendingFlags',
  ])
})
