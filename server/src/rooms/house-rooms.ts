/** The rooms that are there for everybody, lobby and personal, with what stands behind them. */
import { defineLobbyRoom, defineMeRoom, type LobbyPorts } from '@odeon/rooms'
import type { BattleDesk } from '@odeon/rooms/ports'
import { battleDesk } from '../battles/battle-desk.ts'
import { type GiftSide, giftSide } from '../gifts/gift-side.ts'
import type { Job } from '../jobs/jobs.ts'
import { type LobbyDirectory, type Presence, presenceDirectory } from '../lobby/directory.ts'
import { lobbyEndpoints } from '../lobby/endpoints.ts'
import { noticeEndpoints } from '../notices/endpoints.ts'
import { type NoticeDesk, noticeDesk } from '../notices/notices.ts'
import { sealWith } from '../outputs/seal.ts'
import { type PaymentSide, paymentSide } from '../payments/payment-side.ts'
import type { PaymentSettings } from '../payments/settings.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { Registry } from 'prom-client'
import { type TierSide, tierSide } from '../tiers/tier-side.ts'
import { type TreasureSide, treasureSide } from '../treasure/treasure-side.ts'
import { type WalletSide, walletSide } from '../wallet/wallet-side.ts'
import type { RoomClass } from '../platform/realtime.ts'
import type { OpenRooms } from './open-rooms.ts'

export interface HouseDeps {
  database: Pick<Database, 'sql' | 'prepared' | 'transaction' | 'preparedTransaction'>
  presence: Presence
  openRooms: Pick<OpenRooms, 'all'>
  /** Absent: nothing is counted. */
  registry?: Registry | undefined
  /** Of 10,000; what of a gift is the creator's. */
  creatorShareBps: number
  /** Where coins are bought, and where people come back to. */
  payments: PaymentSettings
  publicUrl: string
  /** What secrets at rest are sealed under; without any, one is made from `jwtSecret`. */
  secretsKeys?: readonly string[] | undefined
  jwtSecret: Uint8Array
  /** What every kind of room needs. */
  ports: Omit<LobbyPorts, 'directory'>
}

export interface House {
  directory: LobbyDirectory
  notices: NoticeDesk
  wallet: WalletSide
  gifts: GiftSide
  tiers: TierSide
  payments: PaymentSide
  battles: BattleDesk
  treasures: TreasureSide
  jobs: Job[]
  endpoints: Endpoint[]
  /** Hears what other processes say, and hands on what is posted, until the result is called. */
  listen(): () => Promise<void>
  rooms: { lobby: RoomClass; me: RoomClass }
}

export function houseRooms(deps: HouseDeps): House {
  const { database, presence, openRooms, registry, ports } = deps
  const { world, logger: log } = ports
  const shared = { presence, now: world.now, newId: world.newId, log }
  const directory = presenceDirectory(shared)
  const notices = noticeDesk({ ...shared, database })
  const wallet = walletSide({ ...shared, database, registry })
  const tiers = tierSide({ ...shared, database, openRooms, notices, wallet })
  const gifts = giftSide({ ...deps, sql: database.sql, wallet, tiers: tiers.desk })
  const { ledger } = wallet
  const seal = sealWith(deps.secretsKeys ?? [], deps.jwtSecret)
  const treasures = treasureSide({ ...shared, database, registry, ledger, seal })
  const sold = { settings: deps.payments, publicUrl: deps.publicUrl }
  const payments = paymentSide({ ...shared, ...sold, database, registry, ledger, notices })
  return {
    directory,
    notices,
    wallet,
    gifts,
    tiers,
    jobs: [...tiers.jobs, ...treasures.jobs],
    payments,
    battles: battleDesk({ ...shared, database }),
    treasures,
    endpoints: [
      ...lobbyEndpoints(directory),
      ...noticeEndpoints(notices),
      ...wallet.endpoints,
      ...gifts.endpoints,
      ...tiers.endpoints,
      ...payments.endpoints,
      ...treasures.endpoints,
    ],
    listen() {
      const ends = [directory.open(), wallet.listen(tiers.listener)]
      return async () => void (await Promise.all(ends.map((end) => end())))
    },
    rooms: {
      lobby: defineLobbyRoom({ ...ports, directory }),
      me: defineMeRoom({
        ...ports,
        notices: notices.box,
        wallet: wallet.watch,
        tiers: tiers.watch,
      }),
    },
  }
}
