/** Streams that are being settled, each by itself: one that takes long holds up no other. */
import type { Places } from './house-places.ts'
import type { OutputStream } from './output-rows.ts'

export interface Settling {
  /** At once when that stream is being settled still: the next round looks again. */
  begin(stream: OutputStream, places: Places): Promise<void>
  /** Places in the house that were taken by what is not written down yet. */
  taken(): number
  /** Resolves when all that were begun are settled. */
  rest(): Promise<unknown>
}

export function settling(
  settle: (stream: OutputStream, places: Places) => Promise<void>,
): Settling {
  const going = new Map<string, { work: Promise<void>; taken: number }>()
  return {
    begin(stream, places) {
      if (going.has(stream.id)) return Promise.resolve()
      const one = { work: Promise.resolve(), taken: 0 }
      going.set(stream.id, one)
      const own: Places = {
        take() {
          const isFree = places.take()
          if (isFree) one.taken += 1
          return isFree
        },
        giveBack() {
          one.taken -= 1
          places.giveBack()
        },
      }
      one.work = settle(stream, own).finally(() => going.delete(stream.id))
      return one.work
    },
    taken: () => [...going.values()].reduce((sum, { taken }) => sum + taken, 0),
    rest: () => Promise.all([...going.values()].map(({ work }) => work)),
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
