/** Streams that are being settled, each by itself: one that takes long holds up no other. */
import type { Places } from './house-places.ts'
import type { OutputStream } from './output-rows.ts'
import { outputLimits } from './protocol.ts'

export interface Settling {
  /** At once when that stream is being settled still: the next round looks again. */
  begin(stream: OutputStream): Promise<void>
  /** Resolves when these may begin, too. */
  room(streams: readonly OutputStream[]): Promise<void>
  /** Resolves when all that were begun are settled. */
  rest(): Promise<unknown>
}

export function settling(
  places: Places,
  settle: (stream: OutputStream, places: Places) => Promise<void>,
): Settling {
  const going = new Map<string, Promise<void>>()
  return {
    begin(stream) {
      if (going.has(stream.id)) return Promise.resolve()
      const own = placesOfOne(places)
      const work = settle(stream, own).finally(() => {
        own.giveAllBack()
        going.delete(stream.id)
      })
      going.set(stream.id, work)
      return work
    },
    async room(streams) {
      const all = () => new Set([...going.keys(), ...streams.map(({ id }) => id)]).size
      while (all() > Math.max(going.size, outputLimits.settlingMax)) {
        await Promise.race(going.values())
      }
    },
    rest: () => Promise.all(going.values()),
  }
}

/** Whatever becomes of it, it keeps no place of what was not written down. */
function placesOfOne(places: Places): Places & { giveAllBack(): void } {
  let taken = 0
  return {
    take() {
      const isFree = places.take()
      if (isFree) taken += 1
      return isFree
    },
    written(id) {
      taken -= 1
      places.written(id)
    },
    giveBack() {
      taken -= 1
      places.giveBack()
    },
    giveAllBack() {
      for (; taken > 0; taken -= 1) places.giveBack()
    },
  }
}

/** Waits for it, and no longer than that. */
export async function waitAtMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, enough])
  clearTimeout(timer)
}
