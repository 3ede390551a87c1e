/** How much of a core each side of the bench of voices takes. */
import { readdirSync, readFileSync } from 'node:fs'
import { usageOf } from '../load/process-watch.ts'
import type { VoiceCrowd } from './voice-crowd.ts'

export interface MediaShares {
  server: number
  liveKit: number
  crowds: number
}

/** Begins to look; what it gives says how much it was since. */
export function watch(serverPid: number, crowds: VoiceCrowd[]): () => MediaShares {
  const liveKits = liveKitsOf(serverPid)
  const cpuS = () => ({
    server: spent([serverPid]),
    liveKit: spent(liveKits),
    crowds: spent(crowds.map(({ pid }) => pid)),
  })
  const [before, from] = [cpuS(), performance.now()]
  return () => {
    const [after, tookS] = [cpuS(), (performance.now() - from) / 1e3]
    return {
      server: (after.server - before.server) / tookS,
      liveKit: (after.liveKit - before.liveKit) / tookS,
      crowds: (after.crowds - before.crowds) / tookS,
    }
  }
}

const spent = (pids: number[]): number =>
  pids.reduce((sum, pid) => sum + (usageOf(pid)?.cpuS ?? 0), 0)

/** A shell is between the server and its LiveKit. */
function liveKitsOf(serverPid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter(isNumber)
      .map((pid) => [+pid, parentOf(pid)]),
  )
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && parent > 1 && (parent === serverPid || isBelow(parent))
  }
  return [...parents.keys()].filter((pid) => isBelow(pid) && nameOf(pid).startsWith('livekit'))
}

const isNumber = (name: string): boolean => /^\d+$/.test(name)

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const parentOf = (pid: string): number =>
  Number(/PPid:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1])
const nameOf = (pid: number): string => read(`/proc/${pid}/comm`)
