/** The rooms that are there for everybody, lobby and personal, with what stands behind them. */
import { defineLobbyRoom, defineMeRoom, type LobbyPorts } from '@odeon/rooms'
import type { BattleDesk } from '@odeon/rooms/ports'
import { battleDesk } from '../battles/battle-desk.ts'
import { type GiftSide, giftSide } from '../gifts/gift-side.ts'
import { type LobbyDirectory, type Presence, presenceDirectory } from '../lobby/directory.ts'
import { lobbyEndpoints } from '../lobby/endpoints.ts'
import { noticeEndpoints } from '../notices/endpoints.ts'
import { type NoticeDesk, noticeDesk } from '../notices/notices.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { Registry } from 'prom-client'
import { type WalletSide, walletSide } from '../wallet/wallet-side.ts'
import type { RoomClass } from '../platform/realtime.ts'

export interface HouseDeps {
  database: Pick<Database, 'sql' | 'prepared' | 'transaction' | 'preparedTransaction'>
  presence: Presence
  /** Absent: nothing is counted. */
  registry?: Registry | undefined
  /** What every kind of room needs. */
  ports: Omit<LobbyPorts, 'directory'>
}

export interface House {
  directory: LobbyDirectory
  notices: NoticeDesk
  wallet: WalletSide
  gifts: GiftSide
  battles: BattleDesk
  endpoints: Endpoint[]
  /** Hears what other processes say, and hands on what is posted, until the result is called. */
  listen(): () => Promise<void>
  rooms: { lobby: RoomClass; me: RoomClass }
}

export function houseRooms({ database, presence, registry, ports }: HouseDeps): House {
  const { world, logger: log } = ports
  const shared = { presence, now: world.now, newId: world.newId, log }
  const directory = presenceDirectory(shared)
  const notices = noticeDesk({ ...shared, database })
  const wallet = walletSide({ ...shared, database, registry })
  const gifts = giftSide({ sql: database.sql, wallet })
  return {
    directory,
    notices,
    wallet,
    gifts,
    battles: battleDesk({ ...shared, database }),
    endpoints: [
      ...lobbyEndpoints(directory),
      ...noticeEndpoints(notices),
      ...wallet.endpoints,
      ...gifts.endpoints,
    ],
    listen() {
      const ends = [directory.open(), wallet.listen()]
      return async () => void (await Promise.all(ends.map((end) => end())))
    },
    rooms: {
      lobby: defineLobbyRoom({ ...ports, directory }),
      me: defineMeRoom({ ...ports, notices: notices.box, wallet: wallet.watch }),
    },
  }
}
