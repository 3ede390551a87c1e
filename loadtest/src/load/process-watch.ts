/** CPU and memory of local processes and of the whole machine, from what the kernel tells. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Clock ticks a second in /proc, fixed on Linux. */
const ticksPerS = 100

export interface Usage {
  cpuS: number
  rssBytes: number
}

export interface Shares {
  /** Of a core, for each process that is known; empty where none is. */
  cpuShares: number[]
  rssBytes: number[]
  /** Of all cores together, whoever used them. */
  machineShare: number | undefined
}

export function usageOf(pid: number | undefined): Usage | undefined {
  if (pid === undefined) return undefined
  const stat = readProc(`${pid}/stat`)
  const status = readProc(`${pid}/status`)
  if (stat === undefined || status === undefined) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    cpuS: (Number(fields[11]) + Number(fields[12])) / ticksPerS,
    rssBytes: Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024,
  }
}

/** Shares since the last `read`. */
export class ProcessWatch {
  readonly #pids: number[]
  #before: (Usage | undefined)[]
  #beforeBusyS: number | undefined
  #beforeAt = performance.now()

  constructor(pids: number[]) {
    this.#pids = pids
    this.#before = pids.map(usageOf)
    this.#beforeBusyS = machineBusyS()
  }

  read(): Shares {
    const [now, at, busyS] = [this.#pids.map(usageOf), performance.now(), machineBusyS()]
    const wallS = (at - this.#beforeAt) / 1_000
    const cpuShares = now.map((usage, index) => {
      const before = this.#before[index]
      return usage && before ? (usage.cpuS - before.cpuS) / wallS : 0
    })
    const machineShare =
      busyS === undefined || this.#beforeBusyS === undefined
        ? undefined
        : (busyS - this.#beforeBusyS) / wallS / availableParallelism()
    this.#before = now
    this.#beforeAt = at
    this.#beforeBusyS = busyS
    return { cpuShares, rssBytes: now.map((usage) => usage?.rssBytes ?? 0), machineShare }
  }
}

function machineBusyS(): number | undefined {
  const line = readProc('stat')?.split('\n')[0]
  if (line === undefined) return undefined
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user + nice + system + irq + soft) / ticksPerS
}

/** Undefined for a process that is gone, and where there is no /proc. */
function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return undefined
    throw error
  }
}
