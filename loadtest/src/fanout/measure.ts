/**
 * One server with its audience on, then a saturated window for each number of messages a tick.
 * After each window the audience must have got everything, and the checking members agree.
 */
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Checkers } from '../checkers/checkers.ts'
import { Host, type HostName, hostKinds } from '../hosts/host.ts'
import type { Facts } from '../hosts/protocol.ts'
import { cores, pin } from '../machine.ts'
import { freePort } from '../load/server-under-load.ts'
import { type PrivateRedis, privateRedis } from '../house/private-redis.ts'
import { Swarm } from '../swarm/swarm.ts'

export interface FanoutPlan {
  viewers: number
  perTick: number[]
  warmMs: number
  windowMs: number
}

/** One saturated window. Rates are per second of CPU, shares are of one core. */
export interface Sample {
  host: HostName
  viewers: number
  perTick: number
  deliveriesPerCpuS: number
  deliveriesPerS: number
  bytesPerS: number
  ticksPerS: number
  serverShare: number
  swarmShare: number
  isDiscarded: boolean
}

const checkersCount = 20
/** Of the time in which the server wanted to run. */
const ownCoreLeast = 0.95
const triesMax = 5
const settleMsMax = 60_000

export class WrongDelivery extends Error {
  override name = 'WrongDelivery'
}

interface Turns {
  ran: number
  waited: number
}

interface Rig {
  host: Host
  swarm: Swarm
  checkers: Checkers | undefined
}

/** Samples of one server process; throws `WrongDelivery` when it delivers anything wrongly. */
export async function measure(name: HostName, plan: FanoutPlan): Promise<Sample[]> {
  // A room as it is: what it says is kept before it is seen.
  const redis = name === 'odeon' ? await keptIn() : undefined
  const host = await Host.startAlone(name, redis && { JOURNAL_URL: redis.url })
  const { dialect, upgrade } = hostKinds[name]
  const { port, seat, roomId } = host.ready
  const swarm = await Swarm.start({
    address: `127.0.0.1:${port}`,
    dialect,
    seat,
    upgrade,
    watchedPid: host.pid,
  })
  await pin(swarm.process.pid, cores.viewers)
  const hasSdk = dialect === 'colyseus' && roomId !== undefined
  const checkers = hasSdk ? await Checkers.join({ port, roomId, count: checkersCount }) : undefined
  const rig = { host, swarm, checkers }
  try {
    const joined = await swarm.open(plan.viewers - (hasSdk ? checkersCount : 0))
    if (joined.failed > 0) throw new Error(`${name}: ${JSON.stringify(joined.ends)}`)
    const samples: Sample[] = []
    for (const perTick of plan.perTick) {
      for (let tries = 0; tries < triesMax; tries += 1) {
        samples.push(await saturate(rig, plan, perTick))
        if (samples.at(-1)?.isDiscarded === false) break
      }
    }
    return samples
  } finally {
    await Promise.all([checkers?.stop(), swarm.stop(), host.stop()])
    await redis?.stop()
  }
}

async function keptIn(): Promise<PrivateRedis> {
  const redis = await privateRedis(await freePort())
  await pin(redis.pid, cores.viewers)
  return redis
}

async function saturate(rig: Rig, plan: FanoutPlan, perTick: number): Promise<Sample> {
  const { host, swarm } = rig
  const before = await host.ask({ do: 'facts' })
  await swarm.reset()
  void host.ask({ do: 'saturate', perTick })
  await sleep(plan.warmMs)
  const [start, early] = await Promise.all([swarm.mark(), turnsOf(host.pid)])
  await sleep(plan.windowMs)
  const [end, late] = await Promise.all([swarm.mark(), turnsOf(host.pid)])
  const after = await host.ask({ do: 'rest' })
  await settle(rig, after.said - before.said)
  await agree(rig, after)
  const wallS = (end.ns - start.ns) / 1e9
  const serverS = (end.watchedCpuUs - start.watchedCpuUs) / 1e6
  const swarmed = end.open
  // The checking members got the same, as was just shown; they count as viewers.
  const received = end.messages + end.patches - start.messages - start.patches
  const deliveries = received * (plan.viewers / swarmed)
  return {
    host: host.name,
    viewers: plan.viewers,
    perTick,
    deliveriesPerCpuS: deliveries / serverS,
    deliveriesPerS: deliveries / wallS,
    bytesPerS: (end.bytes - start.bytes) / wallS,
    ticksPerS: (end.messages - start.messages) / swarmed / perTick / wallS,
    serverShare: serverS / wallS,
    swarmShare: (end.ownCpuUs - start.ownCpuUs) / 1e6 / wallS,
    isDiscarded: gotItsCore(early, late) < ownCoreLeast,
  }
}

/** How long a process's main thread ran and how long it waited for a core, in ns. */
async function turnsOf(pid: number): Promise<Turns> {
  const [ran = 0, waited = 0] = (await readFile(`/proc/${pid}/schedstat`, 'utf8'))
    .split(' ')
    .map(Number)
  return { ran, waited }
}

/** What a server waits for itself, its readers or its journal, takes nothing from it. */
function gotItsCore(early: Turns, late: Turns): number {
  const ran = late.ran - early.ran
  return ran / (ran + late.waited - early.waited)
}

/** Every viewer of the swarm must get exactly what was said, in order. */
async function settle({ host, swarm }: Rig, said: number): Promise<void> {
  const until = performance.now() + settleMsMax
  for (;;) {
    const { perViewer, order, gone, ends } = await swarm.mark()
    if (gone > 0) throw new WrongDelivery(`${host.name} closed sockets: ${JSON.stringify(ends)}`)
    if (order.broken > 0) throw new WrongDelivery(`${host.name}: ${order.broken} out of order`)
    if (perViewer.least === said && perViewer.most === said) return
    if (perViewer.most > said || performance.now() > until) {
      throw new WrongDelivery(
        `${host.name} said ${said}; viewers got ${perViewer.least} to ${perViewer.most}`,
      )
    }
    await sleep(50)
  }
}

/** The checking members must have every text and the server's own state. */
async function agree({ host, checkers }: Rig, facts: Facts): Promise<void> {
  if (checkers === undefined) return
  const until = performance.now() + settleMsMax
  for (;;) {
    const findings = await checkers.findings()
    const wrong = findings.find(
      (one) =>
        one.outOfOrder > 0 ||
        one.damaged > 0 ||
        one.closedWith !== null ||
        one.rejoined > 0 ||
        one.texts !== facts.said ||
        one.stateHash !== facts.stateHash,
    )
    if (wrong === undefined) return
    const isFinal = wrong.outOfOrder > 0 || wrong.damaged > 0 || wrong.closedWith !== null
    if (isFinal || performance.now() > until) {
      throw new WrongDelivery(
        `${host.name}, a checking member of ${findings.length}: ${JSON.stringify(wrong)}; ` +
          `the server said ${facts.said}, its state is ${facts.stateHash}`,
      )
    }
    await sleep(100)
  }
}
