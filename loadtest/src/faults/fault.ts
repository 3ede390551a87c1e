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
  /** Until somebody new is in, from its end; 10 s when not said. */
  seatMsMost?: number
  /** Seconds it lasts at most. */
  lastsS: number
  happen(house: House): Promise<Happened>
}

const redisAwayMs = 4_000
const redisEmptyMs = 1_000
const stallMs = 6_000
const silentMs = 500

export const faults: Record<string, Fault> = {
  relay: {
    title: 'kill -9 of a relay',
    victim: 1,
    isWriterLost: false,
    lastsS: 0,
    happen: (house) => killed(house, house.processes[1] as OwnServer),
  },
  writer: {
    title: "kill -9 of the writer's process",
    victim: 0,
    isWriterLost: true,
    lastsS: 0,
    happen: (house) => killed(house, house.processes[0] as OwnServer),
  },
  'redis-stopped': {
    title: 'Redis stands still for 4 s',
    seatMsMost: 5_000,
    isWriterLost: false,
    lastsS: redisAwayMs / 1_000,
    async happen({ redis }) {
      const proof = await frozen(redis.pid, redisAwayMs, () => Promise.resolve())
      return { overAtMs: performance.now(), proof, again: Promise.resolve() }
    },
  },
  'redis-emptied': {
    title: 'Redis is killed and starts empty',
    seatMsMost: 5_000,
    isWriterLost: false,
    lastsS: redisEmptyMs / 1_000 + 1,
    async happen({ redis }) {
      const [before, { size }] = [redis.pid, await redis.keys()]
      await redis.kill()
      await sleep(redisEmptyMs)
      await redis.start()
      if (size === 0 || redis.pid === before) throw new Error('Redis lost nothing')
      const proof = `${size} keys were lost`
      return { overAtMs: performance.now(), proof, again: Promise.resolve() }
    },
  },
  stall: {
    title: "the writer's process stands still for 6 s",
    victim: 0,
    isWriterLost: true,
    lastsS: stallMs / 1_000,
    async happen({ processes }) {
      const { pid, url } = processes[0] as OwnServer
      const proof = await frozen(pid, stallMs, () => demandSilence(url))
      return { overAtMs: performance.now(), proof, again: Promise.resolve() }
    },
  },
  sigterm: {
    title: "SIGTERM of the writer's process",
    victim: 0,
    isWriterLost: true,
    lastsS: 8,
    async happen(house) {
      const one = house.processes[0] as OwnServer
      process.kill(one.pid, 'SIGTERM')
      const { code, signal } = await one.ended
      if (code !== 0) throw new Error(`it ended with ${code ?? signal}, not in order`)
      return {
        overAtMs: performance.now(),
        proof: 'it ended with 0',
        again: house.restart(one),
      }
    },
  },
}

/** PM2 starts what died again on its port; so does this. */
async function killed(house: House, one: OwnServer): Promise<Happened> {
  process.kill(one.pid, 'SIGKILL')
  const { signal } = await one.ended
  if (signal !== 'SIGKILL') throw new Error(`it ended by ${signal}, not by SIGKILL`)
  const overAtMs = performance.now()
  return { overAtMs, proof: 'it ended by SIGKILL', again: house.restart(one) }
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
