/** `npm run bench -- joins`: an audience that comes at once, and seats that pile up. */
import { Host, type HostName, hostKinds } from '../hosts/host.ts'
import { usageOf } from '../load/process-watch.ts'
import { cores, pin } from '../machine.ts'
import { median } from '../fanout/summarise.ts'
import { Swarm, type SwarmOptions } from '../swarm/swarm.ts'

export interface JoinsOptions {
  repetitions: number
  viewers: number
  joinsPerS: number
  say: (line: string) => void
}

export interface JoinsRun {
  name: HostName
  cpuMsPerJoin: number
  p50Ms: number
  p99Ms: number
  failed: number
  /** CPU per seat while so many others are pending. */
  fewPendingMs: number
  manyPendingMs: number
}

export const pendingFew = 2_000
export const pendingMany = 20_000
/** The first seats compile the code. */
const pendingWarm = 1_000
const hosts: HostName[] = ['odeon', 'stock']
const lanes = 64
const joiningMax = 1_024

/** Medians, a line for each server. */
export async function runJoins(options: JoinsOptions): Promise<JoinsRun[]> {
  const runs: JoinsRun[] = []
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    const inTurn = repetition % 2 === 0 ? hosts : hosts.toReversed()
    for (const name of inTurn) {
      const run = { name, ...(await storm(name, options)), ...(await pile(name)) }
      options.say(`${repetition + 1}/${options.repetitions}  ${describe(run)}`)
      runs.push(run)
    }
  }
  return hosts.map((name) => middle(runs.filter((run) => run.name === name)))
}

async function rig<T>(
  name: HostName,
  more: Partial<SwarmOptions>,
  swarms: number,
  work: (host: Host, swarms: Swarm[]) => Promise<T>,
): Promise<T> {
  const host = await Host.startAlone(name, { SEAT_S: '900' })
  const { port, seat } = host.ready
  const started: Swarm[] = []
  try {
    for (let n = 0; n < swarms; n += 1) {
      const first = n * 10_000
      const address = `127.0.0.1:${port}`
      const own = { address, seat, lanes, joiningMax, first, body: '{"backlog":0}', ...more }
      const swarm = await Swarm.start({ ...own, dialect: hostKinds[name].dialect })
      await pin(swarm.process.pid, cores.viewers)
      started.push(swarm)
    }
    return await work(host, started)
  } finally {
    for (const swarm of started) await swarm.stop()
    await host.stop()
  }
}

/** CPU seconds of the server that the work took, whatever else ran. */
async function cpuOf(host: Host, work: () => Promise<unknown>): Promise<number> {
  const before = usageOf(host.pid)?.cpuS ?? 0
  await work()
  return (usageOf(host.pid)?.cpuS ?? 0) - before
}

function storm(name: HostName, { viewers, joinsPerS }: JoinsOptions) {
  return rig(name, {}, 1, async (host, [swarm]) => {
    if (swarm === undefined) throw new Error('no swarm')
    await swarm.open(pendingWarm)
    await swarm.reset()
    const count = viewers - pendingWarm
    const cpuS = await cpuOf(host, () => swarm.open(count, joinsPerS))
    const { joins, open } = await swarm.report()
    return {
      cpuMsPerJoin: (cpuS * 1_000) / count,
      p50Ms: (joins?.p50Ns ?? Number.NaN) / 1e6,
      p99Ms: (joins?.p99Ns ?? Number.NaN) / 1e6,
      failed: viewers - open,
    }
  })
}

/** Seats that nobody takes: the first two thousand, and two thousand behind eighteen. */
function pile(name: HostName) {
  return rig(name, { hold: 1 }, 2, async (host, [first, second]) => {
    if (first === undefined || second === undefined) throw new Error('no swarms')
    await first.open(pendingWarm)
    const few = await cpuOf(host, () => first.open(pendingFew - pendingWarm))
    await first.open(pendingMany / 2 - pendingFew)
    await second.open(pendingMany / 2 - pendingFew)
    const many = await cpuOf(host, () => second.open(pendingFew))
    return {
      fewPendingMs: (few * 1_000) / (pendingFew - pendingWarm),
      manyPendingMs: (many * 1_000) / pendingFew,
    }
  })
}

function middle(runs: JoinsRun[]): JoinsRun {
  const of = (pick: (run: JoinsRun) => number) => median(runs.map(pick))
  return {
    name: runs[0]?.name ?? 'odeon',
    cpuMsPerJoin: of((run) => run.cpuMsPerJoin),
    p50Ms: of((run) => run.p50Ms),
    p99Ms: of((run) => run.p99Ms),
    failed: Math.max(...runs.map(({ failed }) => failed)),
    fewPendingMs: of((run) => run.fewPendingMs),
    manyPendingMs: of((run) => run.manyPendingMs),
  }
}

function describe({ name, cpuMsPerJoin, p99Ms, failed, fewPendingMs, manyPendingMs }: JoinsRun) {
  return [
    hostKinds[name].title.replaceAll('`', '').padEnd(20),
    `${cpuMsPerJoin.toFixed(3)} ms a join, p99 ${p99Ms.toFixed(0)} ms, ${failed} failed;`,
    `a seat ${fewPendingMs.toFixed(3)} ms with few pending, ${manyPendingMs.toFixed(3)} with many`,
  ].join(' ')
}
