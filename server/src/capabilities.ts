/** Every capability of the server, put together on one database: services, endpoints, rooms. */
import { audioKind, defineLiveRoom, type LivePorts } from '@odeon/rooms'
import type { Logger, RoomMeter, World } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import { type Accounts, accounts } from './accounts/accounts.ts'
import { adminSide } from './admin/admin.ts'
import { type Archive, PostgresLogArchive } from './archive/log-archive.ts'
import { type ChannelSide, channelSide } from './channels/channel-side.ts'
import type { EncoderAddresses } from './encoders/settings.ts'
import type { JobStore } from './jobs/open-backend.ts'
import type { LobbyDirectory } from './lobby/directory.ts'
import type { NoticeDesk } from './notices/notices.ts'
import { type Moderation, moderation } from './moderation/moderation.ts'
import type { Mailer } from './mail/mailer.ts'
import { describePage } from './describe-page.ts'
import type { FilmSettings, OutputSettings } from './outputs/settings.ts'
import type { PaymentSettings } from './payments/settings.ts'
import type { Database } from './platform/database.ts'
import type { Endpoint } from './platform/http/endpoint.ts'
import type { RoomClass } from './platform/realtime.ts'
import type { Shared } from './platform/shared.ts'
import type { Describe } from './platform/web-app/page-for.ts'
import type { RecordingSide } from './recordings/recording-side.ts'
import type { RecordingSettings } from './recordings/settings.ts'
import {
  type CarriedRooms,
  type Doors,
  type HouseRooms,
  liveViewers,
  openRooms,
  roomDoors,
  sharedSeats,
} from './rooms/doors.ts'
import { type House, houseRooms } from './rooms/house-rooms.ts'
import type { Moved } from './streams/phases.ts'
import { recordingSide, streamSide } from './streams/stream-side.ts'
import { type Streams, streams } from './streams/streams.ts'
import { keepHouse } from './upkeep.ts'

export interface CapabilitiesDeps {
  database: Database
  world: World
  log: Logger
  meter: RoomMeter
  jwtSecret: Uint8Array
  /** What processes tell each other through, and count together. */
  shared: Shared
  /** Where the archive keeps what is announced and not yet stored. */
  spoolDir: string
  /** Where people's pictures lie. */
  mediaDir: string
  recordings: { settings: RecordingSettings; folder: string; registry?: Registry }
  adminEmails: readonly string[]
  /** `publicUrl` is where people reach the server; no slash at the end. */
  mail: { mailer: Mailer; publicUrl: string }
  passwordCost?: number | undefined
  /** Sockets at a room's writer from which on viewers are seated at relays. */
  relayFromViewers?: number | undefined
  /** For development: outside reviewers may live on this machine. */
  reviewerLoopback?: boolean | undefined
  /** Where encoders send to LiveKit's ingress service. */
  encoders?: EncoderAddresses | undefined
  /** Absent: nothing sends streams on. */
  outputs?: OutputSettings | undefined
  films?: FilmSettings | undefined
  secretsKeys?: readonly string[] | undefined
  /** Of 10,000; what of a gift is the creator's. */
  creatorShareBps: number
  /** Where coins are bought. */
  payments: PaymentSettings
  /** Where jobs are kept. */
  jobStore: JobStore
}

export interface Capabilities {
  accounts: Accounts
  channels: ChannelSide['channels']
  /** Channels with all that belongs to them. */
  channelSide: ChannelSide
  streams: Streams
  archive: Archive
  recorded: RecordingSide
  notices: NoticeDesk
  wallet: House['wallet']
  directory: LobbyDirectory
  endpoints: Endpoint[]
  /** Other hosts to which pages send forms. */
  sendTo: readonly string[]
  /** Ways into rooms beside the endpoints, with their picture and sound. */
  doors: Pick<Doors, 'mount' | 'enter' | 'mediaSide' | 'open'>
  /** What the pages of streams and channels are about. */
  describe: Describe
  rooms: Record<string, RoomClass>
  moderation: Moderation
  openRooms: HouseRooms
  /** Hears what other processes ask of this one, until the result is called. */
  listen(): () => Promise<void>
  /** Rooms over several processes. */
  carried: CarriedRooms
  /** Does what is done now and then for the whole house, until the result is called. */
  keepHouse(): () => Promise<void>
}

export function capabilities(deps: CapabilitiesDeps): Capabilities {
  const { database, world, log, meter, spoolDir, shared } = deps
  const { registry } = deps.recordings
  const allRooms = openRooms({ shared, world, log })
  const carryOut = (ids: readonly string[]) => allModeration.carryOut(ids)
  const allAccounts = accountsOf(deps, allRooms, carryOut)
  const archive = new PostgresLogArchive({ database, log, now: world.now, spoolDir, registry })
  const seats = sharedSeats(shared.redis, log)
  const common = { authenticator: allAccounts.authenticator, meter, logger: log, world, seats }
  const { presence, forgetting } = shared
  const door = { presence, openRooms: allRooms, registry, ports: common }
  const house = houseRooms({ ...deps, ...deps.mail, ...door })
  const { directory, notices } = house
  const hasReviewer = (channelId: string) => allModeration.hasReviewer(channelId)
  const side = channelSide({ ...deps, forgetting, openRooms: allRooms, hasReviewer, ...notices })
  const { channels } = side
  const moved = (one: Moved) => doors.broadcast.moved(one)
  const viewers = (streamId: string) => liveViewers(streamId) ?? directory.viewers(streamId)
  const allStreams = streams({ database, channels, world, liveViewers: viewers, moved })
  const roomsOf = { openRooms: allRooms, streams: allStreams }
  const allModeration = moderation({
    ...deps,
    ...roomsOf,
    ...allAccounts.service,
    notices,
    archive,
    forgetting,
    reviewers: { allowLoopback: deps.reviewerLoopback ?? false },
  })
  const around = { side, registry, notices: notices.box, ports: common }
  const doors = roomDoors({ ...deps, ...roomsOf, ...around })
  const recorded = recordingSide({ ...deps, ...deps.recordings, streams: allStreams })
  const ports = {
    ...common,
    journal: doors.carried.journal,
    archive,
    recorder: recorded.recorder,
    streams: allStreams,
    channels: side.desk,
    moderation: allModeration,
    directory,
    notices,
    gifts: house.gifts.desk,
    battles: house.battles,
    treasures: house.treasures.desk,
  }
  const admin = adminSide({ database, world, archive, rooms: allRooms, shared, log })
  return {
    ...house,
    accounts: allAccounts,
    channels,
    channelSide: side,
    streams: allStreams,
    archive,
    recorded,
    sendTo: house.payments.formOrigins,
    endpoints: [
      ...streamSide({ database, channels, streams: allStreams, archive, recorded }),
      ...[allAccounts, side, doors, house, allModeration, admin].flatMap(endpointsOf),
    ],
    doors,
    describe: describePage({ channels, streams: allStreams }),
    moderation: allModeration,
    openRooms: allRooms,
    listen: together([house.listen, forgetting.listen, allRooms.listen, admin.listen]),
    keepHouse: () =>
      keepHouse({
        ...deps,
        registry,
        ...recorded,
        ...doors,
        accounts: allAccounts,
        streams: allStreams,
        ...house,
      }),
    carried: doors.carried,
    rooms: { ...streamRooms(ports, doors.mediaSide), ...doors.carried.rooms, ...house.rooms },
  }
}

/** A stream's room, by what it is made of. */
function streamRooms(ports: LivePorts, { media }: Doors['mediaSide']) {
  const all = { ...ports, media }
  return { live: defineLiveRoom(all), audio: defineLiveRoom(all, audioKind) }
}

const endpointsOf = ({ endpoints }: { endpoints: Endpoint[] }) => endpoints

const together = (parts: (() => () => Promise<void>)[]) => () => {
  const ends = parts.map((begin) => begin())
  return async () => void (await Promise.all(ends.map((end) => end())))
}

function accountsOf(
  deps: CapabilitiesDeps,
  rooms: Pick<HouseRooms, 'dismiss' | 'handOn' | 'signOut'>,
  carryOut: Moderation['carryOut'],
): Accounts {
  const { database, world, log, jwtSecret, adminEmails, passwordCost } = deps
  return accounts({
    em: database.em,
    sql: database.sql,
    prepared: database.prepared,
    world,
    log,
    jwtSecret,
    adminEmails,
    ...deps.mail,
    putOut: rooms.dismiss,
    closeSockets: rooms.signOut,
    handOn: rooms.handOn,
    carryOut,
    forgetting: deps.shared.forgetting,
    ...(passwordCost !== undefined && { passwordCost }),
  })
}
