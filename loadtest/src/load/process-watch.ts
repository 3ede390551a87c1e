/** CPU and memory of a local process, from what the kernel tells of it. */
import { readFileSync } from 'node:fs'

/** Clock ticks a second in /proc, fixed on Linux. */
const ticksPerS = 100

export interface Usage {
  cpuS: number
  rssBytes: number
}

export function usageOf(pid: number | undefined): Usage | undefined {
  if (pid === undefined) return undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return {
      cpuS: (Number(fields[11]) + Number(fields[12])) / ticksPerS,
      rssBytes: Number(rss ?? 0) * 1024,
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
