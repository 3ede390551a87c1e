/** Looks at an audience several times a second. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Run } from '../load/assemble.ts'
import type { Look } from './looks.ts'

const lookMs = 250

export interface Looking {
  stop(): Promise<Look[]>
  /** A generator was, and measured itself. */
  isFull(): boolean
}

/** Looks until it is stopped; a generator that answers late is not asked twice. */
export function lookAt({ crowd }: Run): Looking {
  const looks: Look[] = []
  const over = new AbortController()
  let full = 0
  const going = (async () => {
    while (!over.signal.aborted) {
      const { open, latency, generators } = await crowd.tick()
      looks.push({ atMs: performance.now(), open, latency })
      if (generators.some(({ isSaturated }) => isSaturated)) full += 1
      await sleep(lookMs)
    }
  })()
  return {
    async stop() {
      over.abort()
      await going
      return looks
    },
    isFull: () => full > looks.length / 20,
  }
}
