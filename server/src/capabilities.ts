/** Every capability of the server, put together on one database: services, endpoints, rooms. */
import { LocalPresence, type Presence } from '@colyseus/core'
import { defineLiveRoom, PendingSeats } from '@odeon/rooms'
import type { Logger, RoomMeter, World } from '@odeon/rooms/ports'
import type { Express } from 'express'
import { type Accounts, accounts } from './accounts/accounts.ts'
import { archiveEndpoints } from './archive/endpoints.ts'
import { type Archive, PostgresLogArchive } from './archive/log-archive.ts'
import { type Channels, channels } from './channels/channels.ts'
import { channelEndpoints } from './channels/endpoints.ts'
import type { LobbyDirectory } from './lobby/directory.ts'
import type { NoticeDesk } from './notices/notices.ts'
import { type Moderation, moderation } from './moderation/moderation.ts'
import type { Database } from './platform/database.ts'
import type { Endpoint } from './platform/http/endpoint.ts'
import type { EndpointDeps } from './platform/http/run-endpoint.ts'
import type { RoomClass } from './platform/realtime.ts'
import {
  dismissFromRooms,
  liveViewers,
  type OpenRooms,
  openRooms,
  roomDoors,
} from './rooms/doors.ts'
import { houseRooms } from './rooms/house-rooms.ts'
import { streamEndpoints } from './streams/endpoints.ts'
import { type Streams, streams } from './streams/streams.ts'

export interface CapabilitiesDeps {
  database: Database
  world: World
  log: Logger
  meter: RoomMeter
  jwtSecret: Uint8Array
  /** Where the archive keeps what is announced and not yet stored. */
  spoolDir: string
  adminEmails: readonly string[]
  passwordCost?: number | undefined
  /** For development: outside reviewers may live on this machine. */
  reviewerLoopback?: boolean | undefined
}

export interface Capabilities {
  accounts: Accounts
  channels: Channels
  streams: Streams
  archive: Archive
  notices: NoticeDesk
  directory: LobbyDirectory
  endpoints: Endpoint[]
  /** Protocols of others, beside the endpoints. */
  mount(app: Express, deps: EndpointDeps): void
  rooms: Record<string, RoomClass>
  moderation: Moderation
  openRooms: OpenRooms
  /** What processes tell each other through. */
  presence: Presence
}

export function capabilities(deps: CapabilitiesDeps): Capabilities {
  const { database, world, log, meter, jwtSecret, spoolDir, adminEmails, passwordCost } = deps
  const allAccounts = accounts({
    em: database.em,
    world,
    log,
    jwtSecret,
    adminEmails,
    putOut: dismissFromRooms,
    ...(passwordCost !== undefined && { passwordCost }),
  })
  const allChannels = channels({ database, world })
  const allStreams = streams({ database, channels: allChannels, world, liveViewers })
  const archive = new PostgresLogArchive({ database, log, now: world.now, spoolDir })
  const seats = new PendingSeats()
  const { authenticator } = allAccounts
  const common = { authenticator, meter, logger: log, world, seats }
  const presence = new LocalPresence()
  const house = houseRooms({ database, presence, ports: common })
  const { directory, notices } = house
  const ports = { ...common, archive, streams: allStreams }
  const allModeration = moderation({
    database,
    world,
    log,
    notices,
    openRooms,
    archive,
    streams: allStreams,
    administration: allAccounts.service.administration,
    reviewers: { allowLoopback: deps.reviewerLoopback ?? false },
  })
  const doors = roomDoors({ streams: allStreams, notices: notices.box, seats, world })
  return {
    accounts: allAccounts,
    channels: allChannels,
    streams: allStreams,
    archive,
    notices,
    directory,
    endpoints: [
      ...allAccounts.endpoints,
      ...channelEndpoints(allChannels),
      ...streamEndpoints(allStreams, allChannels),
      ...archiveEndpoints({ archive, streams: allStreams }),
      ...doors.endpoints,
      ...house.endpoints,
      ...allModeration.endpoints,
    ],
    mount: doors.mount,
    presence,
    moderation: allModeration,
    openRooms,
    rooms: { live: defineLiveRoom(ports), ...house.rooms },
  }
}
