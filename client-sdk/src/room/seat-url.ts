/** Seats, and the WebSocket addresses of rooms. */

/** A place kept for us in a room, as the server hands it out. */
export interface Seat {
  roomId: string
  processId: string
  sessionId: string
  publicAddress?: string
}

/** Where a socket asks for a seat itself; `path` is the room's, below the server's address. */
export function walkInUrl(address: string, path: string, backlog: number): string {
  const url = new URL(`${address.replace(/^http/, 'ws')}${path}/socket`)
  url.searchParams.set('backlog', String(backlog))
  return url.href
}

/**
 * The address of a seat, as Colyseus expects it. With a token it resumes the seat's session, whose
 * state description is known already.
 */
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
