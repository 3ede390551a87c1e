/** Every way into a room, and out of it, put together for whoever builds the server. */
import type { Registry } from 'prom-client'
import { type BroadcastSide, broadcastSide, type BroadcastDeps } from '../broadcast.ts'
import { type MediaSide, mediaSide } from '../media/livekit/media-side.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { Shared } from '../platform/shared.ts'
import { type CarriedRooms, carriedRooms, type CarriedRoomsDeps } from './carried-rooms.ts'
import { type MatchmakeDeps, mountMatchmaking } from './matchmake-route.ts'
import { type SeatDeskDeps, seatDesk } from './seat-desk.ts'
import type { HouseRooms } from './open-rooms.ts'
import type { Enter } from '../platform/realtime/upgrades.ts'
import { seatEndpoints } from './seat-endpoint.ts'
import { socketDoor, type SocketDoorDeps, socketEndpoints } from './socket-door.ts'

export type { CarriedRooms } from './carried-rooms.ts'
export { type HouseRooms, openRooms } from './open-rooms.ts'
export { liveViewers } from './seat-desk.ts'
export { sharedSeats } from './shared-seats.ts'

export interface Doors {
  carried: CarriedRooms
  endpoints: Endpoint[]
  /** Picture and sound of rooms. */
  mediaSide: MediaSide
  /** By way of other programs. */
  broadcast: BroadcastSide
  /** Does what is to be done in every process, until the result is called. */
  open: BroadcastSide['open']
  /** Lets in the sockets that ask for their seat themselves. */
  enter(deps: SocketDoorDeps): Enter
  /** Colyseus' own protocol, beside the endpoints. */
  mount(app: Parameters<typeof mountMatchmaking>[0], deps: Omit<MatchmakeDeps, 'desk'>): void
}

export interface DoorsDeps
  extends Pick<SeatDeskDeps, 'notices' | 'world'>,
    Pick<
      BroadcastDeps,
      | 'database'
      | 'encoders'
      | 'films'
      | 'jwtSecret'
      | 'outputs'
      | 'recordings'
      | 'secretsKeys'
      | 'streams'
    > {
  side: Pick<BroadcastDeps, 'channels' | 'moved'>
  shared: Shared
  /** What every kind of room needs. */
  ports: CarriedRoomsDeps['ports']
  openRooms: Pick<HouseRooms, 'here'>
  /** Sockets at a room's writer from which on viewers are seated at relays; absent: never. */
  relayFromViewers?: number | undefined
  registry?: Registry | undefined
}

export function roomDoors(deps: DoorsDeps): Doors {
  const { shared, ports, streams, notices, world, openRooms: rooms } = deps
  const carried = carriedRooms({ shared, ports, streams, rooms })
  const { relayFromViewers = Number.POSITIVE_INFINITY } = deps
  const { roomOf } = carried
  const { seats, logger: log } = ports
  const desk = seatDesk({
    streams,
    notices,
    world,
    log,
    shared,
    seats,
    roomOf,
    relayFromViewers,
  })
  const media = mediaSide({
    presence: shared.presence,
    world,
    log,
    registry: deps.registry,
    also: (event) => broadcast.heard(event),
  })
  const { channels, moved } = deps.side
  const neighbours = { channels, moved }
  const broadcast = broadcastSide({ ...deps, ...neighbours, log, media: media.media })
  return {
    carried,
    mediaSide: media,
    broadcast,
    open: broadcast.open,
    endpoints: [
      ...seatEndpoints(desk, ports.authenticator),
      ...socketEndpoints,
      ...media.endpoints,
      ...broadcast.endpoints,
    ],
    enter: (more) => socketDoor(desk, more),
    mount: (app, more) => mountMatchmaking(app, { ...more, desk }),
  }
}
