/** Every way into a room, and out of it, put together for whoever builds the server. */
import type { Endpoint } from '../platform/http/endpoint.ts'
import { type MatchmakeDeps, mountMatchmaking } from './matchmake-route.ts'
import { type SeatDeskDeps, seatDesk } from './seat-desk.ts'
import { seatEndpoints } from './seat-endpoint.ts'

export { type HouseRooms, openRooms } from './open-rooms.ts'
export { liveViewers } from './seat-desk.ts'
export { sharedSeats } from './shared-seats.ts'

export interface Doors {
  endpoints: Endpoint[]
  /** Colyseus' own protocol, beside the endpoints. */
  mount(app: Parameters<typeof mountMatchmaking>[0], deps: Omit<MatchmakeDeps, 'desk'>): void
}

export function roomDoors(deps: SeatDeskDeps): Doors {
  const desk = seatDesk(deps)
  return {
    endpoints: seatEndpoints(desk),
    mount: (app, more) => mountMatchmaking(app, { ...more, desk }),
  }
}
