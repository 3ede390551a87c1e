/** Processes that write a live room: there must be exactly one. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { House } from '../house/house.ts'

const beatMs = 1_000

/** Those whose rooms wrote frames while `say` said something. */
export async function countWriters(house: House, say: () => Promise<void>): Promise<number> {
  const before = await framesOf(house)
  await say()
  await sleep(beatMs)
  const after = await framesOf(house)
  return after.filter((frames, at) => frames > (before[at] ?? 0)).length
}

function framesOf({ processes }: House): Promise<number[]> {
  return Promise.all(
    processes.map(async ({ url }) => {
      const said = await (await fetch(`${url}/metrics`)).text()
      return Number(/^odeon_room_frames_total\{room="live"\} (\d+)$/m.exec(said)?.[1] ?? 0)
    }),
  )
}
