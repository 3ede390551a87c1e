/**
 * Opens the room of a place, once in the whole house however many ask in however many processes:
 * whoever opens it holds a claim meanwhile, and the others wait for what comes of it.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { matchMaker } from '@colyseus/core'
import type { Shared } from '../platform/shared.ts'
import type { Place } from './destinations.ts'

export type RoomEntry = Awaited<ReturnType<typeof matchMaker.createRoom>>

export const openingLimits = {
  /** A claim is renewed while its holder lives: one that died holds it for so long. */
  claimMs: 5_000,
  /** Longer than a room may take to open, which waits for the archive for 10 s. */
  claimMsMax: 20_000,
  lookAgainMs: 50,
  /** For all of it; whoever asked is told to try again. */
  waitMs: 12_000,
} as const

/** Nobody opened it in time; another try may find it open. */
export class RoomNotOpened extends Error {
  override name = 'RoomNotOpened'
}

export function openOnce(
  shared: Pick<Shared, 'claim' | 'settled' | 'pulse' | 'bury'>,
): (place: Place) => Promise<RoomEntry> {
  const opening = new Map<string, Promise<RoomEntry>>()

  /** A room whose process is dead is not there. */
  const living = async (roomId: string): Promise<RoomEntry | undefined> => {
    const found = await findRoom(roomId)
    if (found === undefined || (await shared.pulse?.isAlive(found.processId)) !== false)
      return found
    await shared.bury(found)
    return undefined
  }

  const open = async ({ roomId, kind, openWith, openIn }: Place): Promise<RoomEntry> => {
    const { claimMs, claimMsMax, lookAgainMs, waitMs } = openingLimits
    const until = performance.now() + waitMs
    while (performance.now() < until) {
      const found = await living(roomId)
      if (found) return found
      // One that ends here still holds the name: opened beside it, both would answer, and the old
      // one would take the new one's entry along when it ends.
      if (matchMaker.getLocalRoomById(roomId) !== undefined) {
        await delay(lookAgainMs)
        continue
      }
      const release = await shared.claim(`room.${roomId}`, { ms: claimMs, msMax: claimMsMax })
      if (release === undefined) {
        await delay(lookAgainMs)
        continue
      }
      try {
        await shared.settled()
        const options = openIn === undefined ? openWith : { ...openWith, openIn }
        return (await living(roomId)) ?? (await matchMaker.createRoom(kind, options))
      } finally {
        await release()
      }
    }
    throw new RoomNotOpened(`${roomId} was not opened in time`)
  }

  return async (place) => {
    const { roomId } = place
    const running = opening.get(roomId)
    if (running) return running
    const work = open(place)
    opening.set(roomId, work)
    try {
      return await work
    } finally {
      opening.delete(roomId)
    }
  }
}

export async function findRoom(roomId: string): Promise<RoomEntry | undefined> {
  return (await matchMaker.findRoomsByIds([roomId])).get(roomId)
}
