/** The numbers of the overview, each with the list it leads to. */
import type { AdminOverview } from '@odeon/sdk'
import type { Filters } from './address-filters.ts'

export interface OverviewFigure {
  name:
    | 'pendingFlags'
    | 'openAppeals'
    | 'streams'
    | 'viewers'
    | 'rooms'
    | 'clients'
    | 'accounts'
    | 'signupsToday'
    | 'suspended'
  value: number
  to: '/admin/queue' | '/admin/appeals' | '/admin/rooms' | '/admin/users'
  search?: Filters
  /** Somebody waits. */
  isUrgent?: boolean
}

export function overviewFigures({ live, queues, people }: AdminOverview): OverviewFigure[] {
  return [
    { name: 'pendingFlags', value: queues.flags, to: '/admin/queue', isUrgent: queues.flags > 0 },
    {
      name: 'openAppeals',
      value: queues.appeals,
      to: '/admin/appeals',
      isUrgent: queues.appeals > 0,
    },
    { name: 'streams', value: live.streams, to: '/admin/rooms' },
    { name: 'viewers', value: live.viewers, to: '/admin/rooms' },
    { name: 'rooms', value: live.rooms, to: '/admin/rooms' },
    { name: 'clients', value: live.clients, to: '/admin/rooms' },
    { name: 'accounts', value: people.accounts, to: '/admin/users' },
    { name: 'signupsToday', value: people.signupsToday, to: '/admin/users' },
    {
      name: 'suspended',
      value: people.suspended,
      to: '/admin/users',
      search: { suspended: 'true' },
    },
  ]
}
