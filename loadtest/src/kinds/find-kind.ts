/** The kinds of rooms that can be loaded, by the name that `--room` takes. */
import { audio } from './audio.ts'
import type { RoomKind } from './kind.ts'
import { live } from './live.ts'

export const roomKinds: Record<string, RoomKind> = { audio, live }

export function findKind(name: string): RoomKind {
  const kind = roomKinds[name]
  if (kind !== undefined) return kind
  throw new Error(`--room must be one of ${Object.keys(roomKinds).join(', ')}, not ${name}.`)
}
