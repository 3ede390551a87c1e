/** A way into rooms of a bare room server, which has no HTTP API: seats by public matchmaking. */
import type { Door } from '../room/way-in.ts'
import { type Seat, seatUrl } from '../room/seat-url.ts'
import { Refusal, Unavailable } from '../refusal.ts'

/** `token` is one of the room server's named tokens: `user:bob`. */
export function roomDoor(url: string, roomId: string, token: string): Door {
  return {
    connect: (seat, reconnectionToken) => new WebSocket(seatUrl(url, seat, reconnectionToken)),
    takeSeat: async (options) => {
      const response = await fetch(`${url}/matchmake/joinById/${roomId}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(options),
      }).catch((cause: unknown) => {
        throw new Unavailable('network', { cause })
      })
      const seat = (await response.json()) as Seat & { error?: string }
      if (response.ok) return seat
      throw new Refusal({ code: 'refused', message: seat.error ?? '', status: response.status })
    },
  }
}
