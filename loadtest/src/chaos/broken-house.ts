/** A house that is broken on purpose: each of its five parts can be killed and comes back. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Front, openFront } from '../house/front.ts'
import { type House, startHouse } from '../house/house.ts'
import type { OwnServer } from '../load/server-under-load.ts'
import type { Victim } from './strike.ts'

export interface BrokenHouse {
  /** One address of the two processes in which people are seated. */
  url: string
  databaseUrl: string
  victims: Victim[]
  stop(): Promise<void>
}

const seatedIn = 2
const startMsMax = 60_000
const againAfterMs = 500

export async function openBrokenHouse(): Promise<BrokenHouse> {
  const house = await startHouse({ processes: seatedIn + 1, relayFromViewers: 1_000 })
  const ports = house.processes.slice(0, seatedIn).map(({ port }) => port)
  let front: Front
  try {
    front = await openFront(() => ports)
  } catch (error) {
    await house.stop()
    throw error
  }
  return {
    url: front.url,
    databaseUrl: house.postgres.url,
    victims: [
      ...house.processes.map((_, at) => aProcess(house, at)),
      aStore('PostgreSQL', { kill: house.postgres.kill, restart: house.postgres.back }),
      aStore('Redis', { kill: () => house.redis.kill(), restart: () => house.redis.start() }),
    ],
    async stop() {
      await front.close()
      await house.stop()
    },
  }
}

/** Processes are told by their place: one that is started again is another one there. */
function aProcess(house: House, at: number): Victim {
  let isUp = true
  const name = at < seatedIn ? `room process ${at + 1}` : 'worker'
  const own = () => house.processes[at] as OwnServer
  return {
    name,
    isUp: () => isUp,
    async kill() {
      isUp = false
      const { pid, ended } = own()
      process.kill(pid, 'SIGKILL')
      const { signal } = await ended
      if (signal !== 'SIGKILL') throw new Error(`${name} did not die of SIGKILL: ${signal}`)
    },
    async restart() {
      await started(() => house.restart(own()))
      isUp = true
    },
  }
}

/** As a keeper of processes does: one that ends because the database is away starts again. */
async function started(start: () => Promise<void>): Promise<void> {
  const giveUpAt = performance.now() + startMsMax
  for (;;) {
    try {
      return await start()
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await sleep(againAfterMs)
    }
  }
}

function aStore(name: string, { kill, restart }: Pick<Victim, 'kill' | 'restart'>): Victim {
  let isUp = true
  return {
    name,
    isUp: () => isUp,
    async kill() {
      isUp = false
      await kill()
    },
    async restart() {
      await restart()
      isUp = true
    },
  }
}
