/** `npm run bench -- discovery`: a seat in one room among few and among many, beside stock. */
import { join } from 'node:path'
import { median } from '../fanout/summarise.ts'
import { LineProcess } from '../line-process.ts'
import { usageOf } from '../load/process-watch.ts'
import { freePort } from '../load/server-under-load.ts'
import { cores, pin } from '../machine.ts'
import { privateRedis } from '../house/private-redis.ts'
import type { Ask, Found } from './asks.ts'

export type Side = 'odeon' | 'stock'

export interface DiscoveryOptions {
  repetitions: number
  /** How often a seat is asked for in one measurement, at least. */
  times: number
  say: (line: string) => void
}

/** Medians, in ms of CPU per seat. */
export interface DiscoveryRow {
  side: Side
  rooms: number
  atOnce: number
  serverMs: number
  redisMs: number
}

export const roomCounts = [100, 10_000] as const
export const waitingCounts = [1, 8, 64] as const
const sides: Side[] = ['odeon', 'stock']
const files: Record<Side, string> = { odeon: 'odeon/discovery.ts', stock: 'stock/discovery.ts' }
/** A guest may hold three seats; those of one repetition are enough to be spread over these. */
const guests = 12_000
const afterListing = 200
/** Stock reads all rooms for each who comes alone: fewer times do. */
const timesOf = (side: Side, rooms: number, atOnce: number, times: number) =>
  side === 'stock' && rooms > 1_000 ? Math.min(times, 40 + atOnce * 16) : times

class Desk {
  readonly #process: LineProcess
  readonly #redisPid: number
  readonly #end: () => Promise<void>
  #asked = 0

  static async start(side: Side): Promise<Desk> {
    const redis = await privateRedis(await freePort())
    const file = join(import.meta.dirname, '..', files[side])
    const args = ['--conditions=development', file, redis.url, String(guests)]
    const started = new LineProcess(side, process.execPath, args)
    const end = async () => {
      await started.stop()
      await redis.stop()
    }
    try {
      await started.hear((fact) => fact['event'] === 'ready', 180_000)
      await pin(started.pid, cores.server)
      await pin(redis.pid, cores.others)
    } catch (error) {
      await end()
      throw error
    }
    return new Desk(started, redis.pid, end)
  }

  private constructor(started: LineProcess, redisPid: number, end: () => Promise<void>) {
    this.#process = started
    this.#redisPid = redisPid
    this.#end = end
  }

  async ask(ask: Ask): Promise<Found & { redisMs: number }> {
    this.#asked += 1
    const id = this.#asked
    const before = usageOf(this.#redisPid)?.cpuS ?? 0
    this.#process.tell(JSON.stringify({ ...ask, id }))
    const fact = await this.#process.hear((one) => one['re'] === id, 120_000)
    if (typeof fact['fault'] === 'string') throw new Error(fact['fault'])
    const redisMs = ((usageOf(this.#redisPid)?.cpuS ?? 0) - before) * 1_000
    return { ...(fact as unknown as Found), redisMs }
  }

  stop(): Promise<void> {
    return this.#end()
  }
}

export async function runDiscovery(options: DiscoveryOptions): Promise<DiscoveryRow[]> {
  const { repetitions, times, say } = options
  const desks = new Map<Side, Desk>()
  const rows: DiscoveryRow[] = []
  try {
    for (const side of sides) desks.set(side, await Desk.start(side))
    for (const desk of desks.values()) {
      // The first seats compile the code.
      await desk.ask({ do: 'find', times, atOnce: 8 })
    }
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const rooms of roomCounts) {
        for (const desk of desks.values()) {
          await desk.ask({ do: 'list', rooms })
          // What the listing left to clear up is no seat's.
          await desk.ask({ do: 'find', times: afterListing, atOnce: 8 })
        }
        for (const atOnce of waitingCounts) {
          for (const side of repetition % 2 === 0 ? sides : sides.toReversed()) {
            const desk = desks.get(side) as Desk
            const count = timesOf(side, rooms, atOnce, times)
            const found = await desk.ask({ do: 'find', times: count, atOnce })
            const row = { side, rooms, atOnce }
            const [serverMs, redisMs] = [found.cpuMs / count, found.redisMs / count]
            rows.push({ ...row, serverMs, redisMs })
            say(`${repetition + 1}/${repetitions}  ${describe({ ...row, serverMs, redisMs })}`)
          }
        }
      }
    }
  } finally {
    for (const desk of desks.values()) await desk.stop()
  }
  return medians(rows)
}

function medians(rows: DiscoveryRow[]): DiscoveryRow[] {
  const shapes = sides.flatMap((side) =>
    roomCounts.flatMap((rooms) => waitingCounts.map((atOnce) => ({ side, rooms, atOnce }))),
  )
  return shapes.map((shape) => {
    const { side, rooms, atOnce } = shape
    const own = rows.filter(
      (row) => row.side === side && row.rooms === rooms && row.atOnce === atOnce,
    )
    const of = (pick: (row: DiscoveryRow) => number) => median(own.map(pick))
    return { ...shape, serverMs: of((row) => row.serverMs), redisMs: of((row) => row.redisMs) }
  })
}

function describe({ side, rooms, atOnce, serverMs, redisMs }: DiscoveryRow): string {
  const what = `${rooms} rooms, ${atOnce} at once`.padEnd(26)
  return `${side.padEnd(6)} ${what} ${serverMs.toFixed(3)} ms, Redis ${redisMs.toFixed(3)} ms`
}
