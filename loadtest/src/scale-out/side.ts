/** Either side of the comparison: two servers, an audience spread over both, and who talks. */
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Host, hostKinds } from '../hosts/host.ts'
import { installPeers } from '../hosts/install-peers.ts'
import { openStream } from '../kinds/live.ts'
import { usageOf } from '../load/process-watch.ts'
import { freePort } from '../load/server-under-load.ts'
import { privateRedis } from '../house/private-redis.ts'
import type { Mark } from '../swarm/mark.ts'
import { Swarm } from '../swarm/swarm.ts'
import { startHouse } from '../house/house.ts'

export type SideName = 'odeon' | 'socketio-redis'

export interface Side {
  name: SideName
  serverPids: number[]
  redisPid: number
  swarm: Swarm
  /** Resolves with how much was said when it was all said. */
  talk(perSecond: number, seconds: number): Promise<number>
  /** What is wrong with what the viewers got so far, if anything. */
  faults(mark: Mark): string | undefined
  stop(): Promise<void>
}

const processes = 2
/** So many that none of them says more than a person may. */
const talkers = 1_000
const joining = { joiningMax: 128, lanes: 64, lifetimeS: 3_600 }

export function startSide(name: SideName, viewersEach: number, say: (line: string) => void) {
  return name === 'odeon' ? startOdeon(viewersEach) : startSocketIo(viewersEach, say)
}

async function startOdeon(viewersEach: number): Promise<Side> {
  const house = await startHouse({ processes, relayFromViewers: viewersEach })
  const room = await openStream(house.server)
  const address = house.server.addresses.join(',')
  const swarm = await Swarm.start({
    address,
    socket: room.socketPath,
    guest: '/v1/auth/guest',
    body: '{"backlog":0}',
    ...joining,
  })
  const stop = async () => {
    await swarm.stop()
    await room.end()
    await house.stop()
  }
  return await seated(viewersEach, {
    serverPids: house.server.pids,
    redisPid: house.redis.pid,
    name: 'odeon',
    swarm,
    stop,
    async talk(perSecond, seconds) {
      const count = perSecond * seconds
      await swarm.talk({ talkers, perSecond, count })
      return count
    },
    faults({ log }) {
      const { violations, missed, again, spared, resyncs } = log
      const wrong = { violations, missed, again, spared, resyncs }
      return Object.values(wrong).some((n) => n > 0) ? JSON.stringify(wrong) : undefined
    },
  })
}

async function startSocketIo(viewersEach: number, say: (line: string) => void): Promise<Side> {
  await installPeers(say)
  const redis = await privateRedis(await freePort())
  const hosts: Host[] = []
  for (let n = 0; n < processes; n += 1) {
    hosts.push(await Host.start('socketio-redis', { REDIS_URL: redis.url }))
  }
  const { dialect, upgrade } = hostKinds['socketio-redis']
  const address = hosts.map(({ ready }) => `127.0.0.1:${ready.port}`).join(',')
  const swarm = await Swarm.start({ address, dialect, upgrade, sampleEvery: 1, ...joining })
  const [speaker] = hosts as [Host]
  return await seated(viewersEach, {
    name: 'socketio-redis',
    serverPids: hosts.map(({ pid }) => pid),
    redisPid: redis.pid,
    swarm,
    async talk(perSecond, seconds) {
      const before = await speaker.ask({ do: 'facts' })
      await speaker.ask({ do: 'pace', perTick: 1, everyMs: 1_000 / perSecond, stateEvery: 0 })
      await sleep(seconds * 1_000)
      const after = await speaker.ask({ do: 'rest' })
      return after.said - before.said
    },
    faults: ({ order }) => (order.broken > 0 ? `${order.broken} out of order` : undefined),
    async stop() {
      await swarm.stop()
      for (const host of hosts) await host.stop()
      await redis.stop()
    },
  })
}

/** Everybody in, half of them in each process. */
async function seated(viewersEach: number, side: Side): Promise<Side> {
  const { swarm, serverPids, stop, name } = side
  try {
    const before = serverPids.map(openFiles)
    const { failed, ends } = await swarm.open(viewersEach * processes)
    if (failed > 0) throw new Error(`${name}: ${JSON.stringify(ends)}`)
    const shares = serverPids.map((pid, at) => openFiles(pid) - (before[at] as number))
    const isEven = shares.every((share) => share > viewersEach * 0.9)
    if (!isEven) throw new Error(`${name}: viewers are spread as ${shares.join(' and ')}`)
    return side
  } catch (error) {
    await stop()
    throw error
  }
}

const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

export const cpuOf = (pids: number[]): number =>
  pids.reduce((sum, pid) => sum + (usageOf(pid)?.cpuS ?? 0), 0)
