/** The rooms that are there for everybody, lobby and personal, with what stands behind them. */
import { defineLobbyRoom, defineMeRoom, type LobbyPorts } from '@odeon/rooms'
import { type LobbyDirectory, type Presence, presenceDirectory } from '../lobby/directory.ts'
import { lobbyEndpoints } from '../lobby/endpoints.ts'
import { noticeEndpoints } from '../notices/endpoints.ts'
import { type NoticeDesk, noticeDesk } from '../notices/notices.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { WalletWatch } from '@odeon/rooms/ports'
import type { RoomClass } from '../platform/realtime.ts'

export interface HouseDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  presence: Presence
  wallet: WalletWatch
  /** What every kind of room needs. */
  ports: Omit<LobbyPorts, 'directory'>
}

export interface House {
  directory: LobbyDirectory
  notices: NoticeDesk
  endpoints: Endpoint[]
  rooms: { lobby: RoomClass; me: RoomClass }
}

export function houseRooms({ database, presence, wallet, ports }: HouseDeps): House {
  const { world, logger: log } = ports
  const shared = { presence, now: world.now, newId: world.newId, log }
  const directory = presenceDirectory(shared)
  const notices = noticeDesk({ ...shared, database })
  return {
    directory,
    notices,
    endpoints: [...lobbyEndpoints(directory), ...noticeEndpoints(notices)],
    rooms: {
      lobby: defineLobbyRoom({ ...ports, directory }),
      me: defineMeRoom({ ...ports, notices: notices.box, wallet }),
    },
  }
}
