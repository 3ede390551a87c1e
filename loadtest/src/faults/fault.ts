/** Faults of a house in service. Each proves that it happened, or the run is an error. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { House } from '../house/house.ts'
import type { OwnServer } from '../load/server-under-load.ts'

export interface Happened {
  /** When what was broken worked again or was gone for good, ms of `performance.now()`. */
  overAtMs: number
  /** What shows that it happened. */
  proof: string
  /** Whoever died is there again. */
  again: Promise<void>
}

export interface Fault {
  title: string
  /** Which process of the house it strikes: 0 writes the room, 1 is a relay. */
  victim?: 0 | 1
  isWriterLost: boolean
  /** While it lasts nothing is taken, and whoever talks or asks for a seat hears `busy`. */
  chatRests?: boolean
  /** More settings of the process that writes. */
  writer?: NodeJS.ProcessEnv
  /** Until somebody new is in, from its end; 10 s when not said. */
  seatMsMost?: number
  /** Seconds it lasts at most. */
  lastsS: number
  happen(house: House): Promise<Happened>
}

const seatMsMost = 3_000
const seatWithoutRedisMsMost = 5_000
const readyLookMs = 250
const unreadyMsMost = 5_000
const endsWithinS = 20
const redisEmptyMs = 1_000
const stallMs = 6_000
const silentMs = 500

export const faults: Record<string, Fault> = {
  relay: {
    title: 'kill -9 of a relay',
    victim: 1,
    isWriterLost: false,
    seatMsMost,
    lastsS: 0,
    happen: (house) => killed(house, house.processes[1] as OwnServer),
  },
  writer: {
    title: "kill -9 of the writer's process",
    victim: 0,
    isWriterLost: true,
    seatMsMost,
    lastsS: 0,
    happen: (house) => killed(house, house.processes[0] as OwnServer),
  },
  'redis-stopped': redisStands(4),
  'redis-stopped-25s': redisStands(25),
  'redis-stopped-60s': redisStands(60),
  'redis-emptied': {
    title: 'Redis is killed and starts empty',
    seatMsMost: seatWithoutRedisMsMost,
    isWriterLost: false,
    lastsS: redisEmptyMs / 1_000 + 1,
    async happen({ redis }) {
      const [before, { size }] = [redis.pid, await redis.keys()]
      await redis.kill()
      await sleep(redisEmptyMs)
      await redis.start()
      if (size === 0 || redis.pid === before) throw new Error('Redis lost nothing')
      return happened(`${size} keys were lost`)
    },
  },
  stall: {
    title: "the writer's process stands still for 6 s",
    victim: 0,
    isWriterLost: true,
    lastsS: stallMs / 1_000,
    async happen({ processes }) {
      const { pid, url } = processes[0] as OwnServer
      return happened(await frozen(pid, stallMs, () => demandSilence(url)))
    },
  },
  sigterm: {
    title: "SIGTERM of the writer's process",
    victim: 0,
    isWriterLost: true,
    lastsS: 8,
    async happen(house) {
      const one = house.processes[0] as OwnServer
      const tookS = await ended(one)
      return happened(`it ended with 0 after ${tookS.toFixed(1)} s`, house.restart(one))
    },
  },
  'sigterm-refused': {
    title: "SIGTERM of the writer's process, whose room refuses to end",
    victim: 0,
    isWriterLost: true,
    lastsS: endsWithinS,
    writer: { NODE_OPTIONS: `--import=${import.meta.resolve('./stubborn-room.ts')}` },
    async happen(house) {
      const one = house.processes[0] as OwnServer
      const tookS = await ended(one)
      const said = /^live_\S+ refuses to end$/m.exec(one.output())?.[0]
      if (said === undefined) throw new Error('no room refused to end')
      const proof = `its room refused, and it ended with 0 after ${tookS.toFixed(1)} s`
      return happened(proof, house.restart(one))
    },
  },
}

/** Just now. */
function happened(proof: string, again: Promise<void> = Promise.resolve()): Happened {
  return { overAtMs: performance.now(), proof, again }
}

function redisStands(seconds: number): Fault {
  return {
    title: `Redis stands still for ${seconds} s`,
    seatMsMost: seatWithoutRedisMsMost,
    isWriterLost: false,
    chatRests: true,
    lastsS: seconds,
    async happen({ redis, processes }) {
      const isLong = seconds * 1_000 > 2 * unreadyMsMost
      const look = async () => {
        if (isLong) await Promise.all(processes.map(({ url }) => demandUnready(url)))
      }
      return happened(await frozen(redis.pid, seconds * 1_000, look))
    },
  }
}

/** What it took, s. */
async function ended(one: OwnServer): Promise<number> {
  const atMs = performance.now()
  process.kill(one.pid, 'SIGTERM')
  const { code, signal } = await one.ended
  const tookS = (performance.now() - atMs) / 1_000
  if (code !== 0) throw new Error(`it ended with ${code ?? signal}, not in order`)
  if (tookS > endsWithinS) throw new Error(`it took ${tookS.toFixed(1)} s to end`)
  return tookS
}

/** PM2 starts what died again on its port; so does this. */
async function killed(house: House, one: OwnServer): Promise<Happened> {
  process.kill(one.pid, 'SIGKILL')
  const { signal } = await one.ended
  if (signal !== 'SIGKILL') throw new Error(`it ended by ${signal}, not by SIGKILL`)
  return happened('it ended by SIGKILL', house.restart(one))
}

async function frozen(pid: number, ms: number, look: () => Promise<void>): Promise<string> {
  process.kill(pid, 'SIGSTOP')
  const over = sleep(ms)
  try {
    await look()
    await over
    const state = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    if (state !== 'T') throw new Error(`it did not stand still: ${state}`)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  return `the kernel had it stopped for ${ms / 1_000} s`
}

async function demandSilence(url: string): Promise<void> {
  const asked = fetch(`${url}/health`, { signal: AbortSignal.timeout(silentMs) })
  const answer = await asked.then(({ status }) => status).catch((error: Error) => error.name)
  if (answer !== 'TimeoutError') throw new Error(`it was to stand still and said ${answer}`)
}

/** Whoever spreads requests leaves out a process that says so. */
async function demandUnready(url: string): Promise<void> {
  const fromMs = performance.now()
  for (;;) {
    const { status } = await fetch(`${url}/ready`)
    if (status === 503) return
    if (performance.now() - fromMs > unreadyMsMost) {
      throw new Error(`it says that it is ready without Redis: ${status}`)
    }
    await sleep(readyLookMs)
  }
}
