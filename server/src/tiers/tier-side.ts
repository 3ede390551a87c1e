/** Tiers of the house, put together: the desk, who is told, what is done now and then. */
import type { Logger, TierWatch } from '@odeon/rooms/ports'
import type { Job } from '../jobs/jobs.ts'
import type { Presence } from '../lobby/directory.ts'
import type { NoticeDesk } from '../notices/notices.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { OpenRooms } from '../rooms/open-rooms.ts'
import type { LedgerListener } from '../wallet/drain-outbox.ts'
import type { WalletSide } from '../wallet/wallet-side.ts'
import { tierEndpoints } from './endpoints.ts'
import { houseTiers } from './house-tiers.ts'
import { payBonuses } from './pay-bonuses.ts'
import { settleTerms } from './settle-terms.ts'
import { tellEnded } from './tell-ended.ts'
import { type TierDesk, tierDesk } from './tier-desk.ts'

export interface TierDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  presence: Presence
  openRooms: Pick<OpenRooms, 'all'>
  notices: Pick<NoticeDesk, 'postIn'>
  wallet: Pick<WalletSide, 'ledger'>
  now: () => number
  log: Logger
}

export interface TierSide {
  desk: TierDesk
  watch: TierWatch
  endpoints: Endpoint[]
  /** Takes what was bought when whoever sold it died before. */
  listener: LedgerListener
  jobs: Job[]
}

export const tierPaces = { bonusEveryMs: 60_000, endedEveryMs: 10_000 } as const

export function tierSide(deps: TierDeps): TierSide {
  const { database, openRooms, notices, now, log } = deps
  const { ledger } = deps.wallet
  const signals = tierSignals(deps)
  const changed = (userIds: readonly string[]) => {
    for (const userId of userIds) signals.tell(userId)
    for (const room of openRooms.all()) for (const id of userIds) room.refreshStanding?.(id)
  }
  const desk = tierDesk({ database, ledger, kinds: houseTiers, now, changed })
  return {
    desk,
    watch: { of: desk.of, subscribe: signals.subscribe },
    endpoints: tierEndpoints(desk),
    async listener(sql, receipts) {
      const bought = receipts.filter(({ kind }) => kind === 'og')
      const buyers = new Set(bought.flatMap(({ balances }) => balances.map((one) => one.userId)))
      const settled: string[] = []
      for (const userId of buyers) if (await settleTerms(sql, userId)) settled.push(userId)
      return () => changed(settled)
    },
    jobs: [
      {
        name: 'og.bonus',
        everyMs: tierPaces.bonusEveryMs,
        run: () => payBonuses({ sql: database.sql, ledger, now, log }),
      },
      {
        name: 'og.ended',
        everyMs: tierPaces.endedEveryMs,
        run: () => tellEnded({ database, notices, now, changed }),
      },
    ],
  }
}

/** Tells the personal room of somebody, in whatever process, to look at their tier. */
function tierSignals({ presence, log }: Pick<TierDeps, 'presence' | 'log'>) {
  const topicOf = (userId: string) => `odeon.og.${userId}`
  const attempt = (work: () => unknown) =>
    void Promise.resolve()
      .then(work)
      .catch((err: unknown) => log.warn({ err }, 'an open room was not told of a tier'))
  const subscribe: TierWatch['subscribe'] = (userId, listener) => {
    const hear = () => listener()
    attempt(() => presence.subscribe(topicOf(userId), hear))
    return () => attempt(() => presence.unsubscribe(topicOf(userId), hear))
  }
  return {
    tell: (userId: string) => attempt(() => presence.publish(topicOf(userId), {})),
    subscribe,
  }
}
