/** What is done now and then for the whole house, by one process of it. */
import type { Logger } from '@odeon/rooms/ports'
import type { Accounts } from './accounts/accounts.ts'
import type { BroadcastSide } from './broadcast.ts'
import type { Registry } from 'prom-client'
import { jobMeter } from './jobs/job-meter.ts'
import { type Job, keepJobs } from './jobs/jobs.ts'
import type { JobStore } from './jobs/open-backend.ts'
import { keepRoomsSwept, type SweepDeps } from './media/livekit/sweep-rooms.ts'
import type { NoticeDesk } from './notices/notices.ts'
import { keepNoticesTidy } from './notices/upkeep.ts'
import type { PaymentSide } from './payments/payment-side.ts'
import type { Shared } from './platform/shared.ts'
import { leased } from './platform/shared/lease.ts'
import type { Recordings } from './recordings/recordings.ts'
import { keepRecordingsTidy } from './recordings/upkeep.ts'
import type { WalletSide } from './wallet/wallet-side.ts'

export interface HouseKeeping extends Pick<SweepDeps, 'streams' | 'world'> {
  accounts: Pick<Accounts, 'startUpkeep'>
  notices: NoticeDesk
  recordings: Pick<Recordings, 'removeOld'>
  broadcast: Pick<BroadcastSide, 'keep'>
  wallet: Pick<WalletSide, 'keep'>
  jobs: readonly Job[]
  payments: Pick<PaymentSide, 'keep'>
  jobStore: JobStore
  registry?: Registry | undefined
  mediaSide: Pick<SweepDeps, 'media'>
  shared: Pick<Shared, 'redis'>
  log: Logger
}

/** Until the result is called. */
export function keepHouse(house: HouseKeeping): () => Promise<void> {
  const { accounts, notices, recordings, broadcast, wallet, jobs, shared, log } = house
  const meter = house.registry && jobMeter(house.registry)
  return leased(shared.redis, {
    name: 'upkeep',
    log,
    begin() {
      const ends = [
        accounts.startUpkeep(),
        keepNoticesTidy(notices, log),
        keepRecordingsTidy(recordings, log),
        broadcast.keep(),
        keepRoomsSwept({ ...house, ...house.mediaSide }),
        wallet.keep(),
        keepJobs({ store: house.jobStore, jobs, log, meter }),
        house.payments.keep(),
      ]
      return () => Promise.all(ends.map((end) => end()))
    },
  })
}
