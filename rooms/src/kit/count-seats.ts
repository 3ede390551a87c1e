/**
 * Seats that are reserved and not taken yet, counted as they come and go. Colyseus counts them one
 * by one at every seat it gives, so that an audience that comes at once costs its square.
 */
import { type Room, RoomInternalState } from '@colyseus/core'

interface RoomInside {
  _reservedSeats: Record<PropertyKey, unknown>
  _internalState: number
}

/** Call it before any seat is given. Colyseus hides a seat, once taken, from being counted. */
export function countSeats(room: Room): void {
  const inside = room as unknown as RoomInside
  let pending = 0
  const counting = (seats: object, key: PropertyKey, change: () => boolean): boolean => {
    const counts = () => Number(Object.prototype.propertyIsEnumerable.call(seats, key))
    const before = counts()
    const isDone = change()
    pending += counts() - before
    return isDone
  }
  inside._reservedSeats = new Proxy(inside._reservedSeats, {
    defineProperty: (seats, key, descriptor) =>
      counting(seats, key, () => Reflect.defineProperty(seats, key, descriptor)),
    deleteProperty: (seats, key) => counting(seats, key, () => Reflect.deleteProperty(seats, key)),
  })
  const hasReachedMaxClients = (): boolean =>
    room.clients.length + pending >= room.maxClients ||
    inside._internalState === RoomInternalState.DISPOSING
  Object.defineProperty(room, 'hasReachedMaxClients', { value: hasReachedMaxClients })
}
