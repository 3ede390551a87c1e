/**
 * `npm run bench -- slow`: some viewers stop reading for a while. What do they get afterwards, what
 * do they cost the server meanwhile, and what do the others notice?
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Checkers } from '../checkers/checkers.ts'
import type { Findings } from '../checkers/checker.ts'
import { median } from '../fanout/summarise.ts'
import { Host, type HostName, hostKinds } from '../hosts/host.ts'
import type { Facts } from '../hosts/protocol.ts'
import { cores, pin } from '../machine.ts'
import { Swarm } from '../swarm/swarm.ts'

export interface SlowOptions {
  viewers: number
  stallS: number
  /** Of the pair whose latencies are compared. */
  repetitions: number
  say: (line: string) => void
}

/** How the slow ones are slow: not at all, not reading, or reading 10 KB/s. */
export type Slowness = 'none' | 'stalled' | 'throttled'

export interface SlowRun {
  host: HostName
  slowness: Slowness
  patchesChecked: number
  patchesWrong: number
  /** Slow SDK members whose state differed from the server's in the end, of how many. */
  diverged: number
  members: number
  rejoined: number
  dropped: number
  queuedPeakBytes: number
  memoryGrowthBytes: number
  healthyP50Ms: number
  healthyP99Ms: number
}

const slowPercent = 5
const slowMembers = 10
const healthyMembers = 10
const receiveBytes = 32 * 1024
const boardBytes = 12 * 1024
const throttleBytesPerS = 10 * 1024
/** Not in step with any beat of a server, so that waits of all lengths are seen. */
const pace = { do: 'pace', perTick: 2, everyMs: 53, stateEvery: 1 } as const
const warmMs = 3_000
const afterMs = 5_000
const agreeMsMax = 20_000

export async function runSlow(options: SlowOptions): Promise<SlowRun[]> {
  const pair: [HostName, Slowness][] = [
    ['odeon', 'none'],
    ['odeon', 'stalled'],
  ]
  const plan: [HostName, Slowness][] = [
    ...Array.from({ length: options.repetitions }, () => pair).flat(),
    ['odeon', 'throttled'],
    ['stock', 'none'],
    ['stock', 'stalled'],
  ]
  const runs: SlowRun[] = []
  for (const [host, slowness] of plan) {
    const run = await runOne(host, slowness, options)
    const found = `${run.patchesWrong} patches wrong, p99 ${run.healthyP99Ms.toFixed(1)} ms`
    options.say(`${hostKinds[host].title}, ${slowness}: ${found}`)
    runs.push(run)
  }
  return pooled(runs)
}

/** Runs of the same kind as one: sums, peaks, and medians of latencies. */
function pooled(runs: SlowRun[]): SlowRun[] {
  const kinds = Object.values(Object.groupBy(runs, (run) => `${run.host} ${run.slowness}`))
  return kinds.flatMap((same) => {
    const [first] = same
    const all = (key: keyof SlowRun) => same.map((run) => run[key] as number)
    const sum = (key: keyof SlowRun) => all(key).reduce((total, value) => total + value, 0)
    if (first === undefined) return []
    return {
      ...first,
      patchesChecked: sum('patchesChecked'),
      patchesWrong: sum('patchesWrong'),
      diverged: sum('diverged'),
      members: sum('members'),
      rejoined: sum('rejoined'),
      dropped: sum('dropped'),
      queuedPeakBytes: Math.max(...all('queuedPeakBytes')),
      memoryGrowthBytes: Math.max(...all('memoryGrowthBytes')),
      healthyP50Ms: median(all('healthyP50Ms')),
      healthyP99Ms: median(all('healthyP99Ms')),
    }
  })
}

interface Rig {
  host: Host
  swarm: Swarm
  healthy: Checkers
  slow: Checkers
}

async function runOne(name: HostName, slowness: Slowness, options: SlowOptions): Promise<SlowRun> {
  const host = await Host.startAlone(name, { BOARD_BYTES: String(boardBytes) })
  const { port, seat, roomId = '' } = host.ready
  const common = {
    address: `127.0.0.1:${port}`,
    dialect: hostKinds[name].dialect,
    seat,
    watchedPid: host.pid,
  }
  const swarm = await Swarm.start({ ...common, slowPercent, receiveBytes, sampleEvery: 10 })
  await pin(swarm.process.pid, cores.viewers)
  const healthy = await Checkers.join({ port, roomId, count: healthyMembers })
  const slow = await Checkers.join({ port, roomId, count: slowMembers, group: 'slow' })
  try {
    const joined = await swarm.open(options.viewers - healthyMembers - slowMembers)
    if (joined.failed > 0) throw new Error(`${name}: ${JSON.stringify(joined.ends)}`)
    return await observe({ host, swarm, healthy, slow }, slowness, options.stallS)
  } finally {
    await Promise.all([healthy.stop(), slow.stop(), swarm.stop(), host.stop()])
  }
}

async function observe(rig: Rig, slowness: Slowness, stallS: number): Promise<SlowRun> {
  const { host, swarm, slow } = rig
  await host.ask(pace)
  await sleep(warmMs)
  await swarm.reset()
  const before = await host.ask({ do: 'facts' })
  if (slowness === 'stalled') {
    swarm.tell('stall')
    slow.stall()
  } else if (slowness === 'throttled') {
    swarm.tell(`throttle ${throttleBytesPerS}`)
  }
  await sleep(stallS * 1_000)
  const during = await host.ask({ do: 'facts' })
  const { latency } = await swarm.mark()
  swarm.tell('resume')
  slow.resume()
  await sleep(afterMs)
  const after = await host.ask({ do: 'rest' })
  const [healthyFindings, slowFindings] = await agreed(rig, after)
  const end = await swarm.mark()
  const spoilt = healthyFindings.filter(
    (one) => !agrees(one, after) || one.outOfOrder > 0 || one.rejoined > 0,
  )
  if (spoilt.length > 0 || end.order.broken > 0 || latency === null) {
    throw new Error(`${host.name}: healthy members suffered: ${JSON.stringify(spoilt)}`)
  }
  return {
    host: host.name,
    slowness,
    patchesChecked: end.patch.checked,
    patchesWrong: end.patch.wrong,
    diverged: slowFindings.filter((one) => !agrees(one, after)).length,
    members: slowFindings.length,
    rejoined: slowFindings.reduce((sum, one) => sum + one.rejoined, 0),
    dropped: end.gone,
    queuedPeakBytes: during.queuedPeakBytes,
    memoryGrowthBytes: memoryOf(during) - memoryOf(before),
    healthyP50Ms: latency.p50Ns / 1e6,
    healthyP99Ms: latency.p99Ns / 1e6,
  }
}

const memoryOf = (facts: Facts): number => facts.rssBytes

const agrees = (one: Findings, facts: Facts): boolean =>
  one.stateHash === facts.stateHash && one.damaged === 0 && one.closedWith === null

/** Gives everybody time to catch up; whoever cannot is reported as diverged. */
async function agreed(rig: Rig, facts: Facts): Promise<[Findings[], Findings[]]> {
  const until = performance.now() + agreeMsMax
  for (;;) {
    const [healthy, slow] = await Promise.all([rig.healthy.findings(), rig.slow.findings()])
    const isDone = [...healthy, ...slow].every((one) => agrees(one, facts))
    if (isDone || performance.now() > until) return [healthy, slow]
    await sleep(200)
  }
}
