/** The WebSocket address of a seat, as Colyseus expects it. */
import type { Seat } from './room-link.ts'

/** With a token it resumes the seat's session, whose state description is known already. */
export function seatUrl(address: string, seat: Seat, reconnectionToken?: string): string {
  const url = new URL(address.replace(/^http/, 'ws'))
  const base =
    seat.publicAddress === undefined ? url.href : `${url.protocol}//${seat.publicAddress}`
  const socket = new URL(`${base.replace(/\/+$/, '')}/${seat.processId}/${seat.roomId}`)
  socket.searchParams.set('sessionId', seat.sessionId)
  if (reconnectionToken !== undefined) {
    socket.searchParams.set('reconnectionToken', reconnectionToken)
    socket.searchParams.set('skipHandshake', '1')
  }
  return socket.href
}
