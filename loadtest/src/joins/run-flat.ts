/** `npm run bench -- join-flat`: what a join costs in young and old rooms, few and many in them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import { Host } from '../hosts/host.ts'
import { cores, pin } from '../machine.ts'
import { Swarm } from '../swarm/swarm.ts'

export interface FlatOptions {
  repetitions: number
  /** The larger audience; the smaller is 100. */
  viewers: number
  joiners: number
  /** Of the day that one half of the rooms is old. */
  visitsPerHour: number
  rounds: number
  say: (line: string) => void
}

interface Cell {
  hours: number
  viewers: number
}

interface FlatRun extends Cell {
  cpuMsPerJoin: number
}

/** A cell may cost so much more or less than the middle of all cells. */
export const flatBar = { differsMost: 0.1 } as const
const ages = [1 / 60, 24]
const viewersFew = 100
/** The first joins compile the code, and the next thousands make it faster still. */
const warmJoins = 1_500
const warmPerS = 1_500
const joinsPerS = 500
const quietMs = 4_000
const ageMsMax = 240_000
const settleMsMax = 20_000

export async function runFlat(options: FlatOptions): Promise<{ table: string; misses: string[] }> {
  const { repetitions, viewers, say } = options
  const cells = ages.flatMap((hours) => [viewersFew, viewers].map((n) => ({ hours, viewers: n })))
  const runs: FlatRun[] = []
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const cell of repetition % 2 === 0 ? cells : cells.toReversed()) {
      const run = { ...cell, cpuMsPerJoin: await measure(cell, options) }
      say(`${repetition + 1}/${repetitions}  ${describe(run)}`)
      runs.push(run)
    }
  }
  const middles = cells.map((cell) => ({ ...cell, cpuMsPerJoin: medianOf(runs, cell) }))
  return { table: tableOf(middles), misses: missesOf(middles) }
}

/** Rounds of people who join and leave again, beside an audience that stays. */
async function measure({ hours, viewers }: Cell, options: FlatOptions): Promise<number> {
  const host = await Host.startAlone('live')
  const { port, seat } = host.ready
  const common = { address: `127.0.0.1:${port}`, seat, joiningMax: 256, returns: 0 } as const
  const crowd = await Swarm.start({ ...common })
  const warmers = await Swarm.start({ ...common, first: 30_000 })
  const joiners = await Swarm.start({ ...common, first: 50_000 })
  const swarms = [crowd, warmers, joiners]
  for (const { process } of swarms) await pin(process.pid, cores.viewers)
  try {
    const { visitsPerHour } = options
    await host.ask({ do: 'age', hours, visitsPerHour }, ageMsMax)
    await warm(host, warmers, warmJoins + options.viewers - viewers)
    await crowd.open(viewers)
    const quiet = await costOf(host, () => sleep(quietMs))
    const quietShare = quiet.cpuMs / quiet.wallMs
    const round = { count: options.joiners, perS: joinsPerS, stay: viewers, quietShare }
    const costs: number[] = []
    for (let n = 0; n < options.rounds; n += 1) costs.push(await joinAndLeave(host, joiners, round))
    return median(costs)
  } finally {
    await Promise.all([...swarms, host].map((started) => started.stop()))
  }
}

/** As many in every cell before it is measured, those who stay included. */
async function warm(host: Host, joiners: Swarm, joins: number): Promise<void> {
  for (let left = joins; left > 0; left -= warmJoins) {
    const count = Math.min(left, warmJoins)
    await joinAndLeave(host, joiners, { count, perS: warmPerS, stay: 0, quietShare: 0 })
  }
}

async function costOf(host: Host, work: () => Promise<unknown>) {
  const [before, startedAt] = [await host.ask({ do: 'facts' }), performance.now()]
  await work()
  const [after, wallMs] = [await host.ask({ do: 'facts' }), performance.now() - startedAt]
  return { cpuMs: (after.cpuUs - before.cpuUs) / 1_000, wallMs }
}

interface Round {
  count: number
  perS: number
  /** So many were there before and stay. */
  stay: number
  /** What they cost, of a core: no part of the joins. */
  quietShare: number
}

/** CPU ms of a join; those who joined are gone when it resolves. */
async function joinAndLeave(host: Host, joiners: Swarm, round: Round): Promise<number> {
  const { count, perS, stay, quietShare } = round
  const { cpuMs, wallMs } = await costOf(host, async () => {
    const { open, ends } = await joiners.open(count, perS)
    if (open !== count) throw new Error(`${open} of ${count} joined: ${JSON.stringify(ends)}`)
  })
  joiners.tell(`leave ${count}`)
  for (const until = performance.now() + settleMsMax; performance.now() < until; ) {
    await sleep(100)
    const { members } = await host.ask({ do: 'facts' })
    if (members === stay) return (cpuMs - quietShare * wallMs) / count
  }
  throw new Error('whoever left is in the room still')
}

const medianOf = (runs: FlatRun[], { hours, viewers }: Cell): number =>
  median(
    runs
      .filter((run) => run.hours === hours && run.viewers === viewers)
      .map(({ cpuMsPerJoin }) => cpuMsPerJoin),
  )

const ageSaid = (hours: number) => (hours < 1 ? `${Math.round(hours * 60)} minute` : `${hours} h`)

function describe({ hours, viewers, cpuMsPerJoin }: FlatRun): string {
  const there = viewers.toLocaleString('en')
  const cell = `${ageSaid(hours).padEnd(8)} ${there.padStart(6)} there`
  return `${cell}: ${cpuMsPerJoin.toFixed(3)} ms a join`
}

const middleOf = (runs: FlatRun[]): number =>
  (Math.max(...runs.map((run) => run.cpuMsPerJoin)) +
    Math.min(...runs.map((run) => run.cpuMsPerJoin))) /
  2

function tableOf(runs: FlatRun[]): string {
  const middle = middleOf(runs)
  const lines = runs.map(({ hours, viewers, cpuMsPerJoin }) => {
    const differs = ((cpuMsPerJoin / middle - 1) * 100).toFixed(1)
    const there = viewers.toLocaleString('en')
    return [ageSaid(hours), there, `${cpuMsPerJoin.toFixed(3)} ms`, `${differs} %`]
  })
  return markdown([['age of the room', 'viewers in it', 'CPU a join', 'off the middle'], ...lines])
}

function missesOf(runs: FlatRun[]): string[] {
  const middle = middleOf(runs)
  const { differsMost } = flatBar
  const far = runs.filter(({ cpuMsPerJoin }) => Math.abs(cpuMsPerJoin / middle - 1) > differsMost)
  return far.map(
    (run) =>
      `${ageSaid(run.hours)}, ${run.viewers}: more than ${differsMost * 100} % off the middle`,
  )
}
