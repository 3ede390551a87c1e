/** `npm run bench -- isolation`: a small room beside a large one that speaks, in one process. */
import { setTimeout as sleep } from 'node:timers/promises'
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import { Host, type HostName, hostKinds } from '../hosts/host.ts'
import { cores, pin } from '../machine.ts'
import { Swarm } from '../swarm/swarm.ts'

export interface IsolationOptions {
  repetitions: number
  viewers: number
  windowS: number
  say: (line: string) => void
}

interface IsolationRun {
  name: HostName
  p50Ms: number
  p99Ms: number
  maxMs: number
  longestTurnMs: number
}

export const isolationBars = { p99MsMost: 25, turnMsMost: 10 } as const
const hosts: HostName[] = ['odeon', 'stock']
const players = 10
const movesPerS = 100
const warmUpS = 3
/** Four lines a second, so that stock can follow at all. */
const pace = { perTick: 2, everyMs: 500, stateEvery: 1 } as const

export async function runIsolation(
  options: IsolationOptions,
): Promise<{ table: string; misses: string[] }> {
  const runs: IsolationRun[] = []
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    for (const name of repetition % 2 === 0 ? hosts : hosts.toReversed()) {
      const run = await runOne(name, options)
      options.say(
        `${repetition + 1}/${options.repetitions}  ${hostKinds[name].title.padEnd(22)} ` +
          `p99 ${run.p99Ms.toFixed(1)} ms, longest turn ${run.longestTurnMs.toFixed(1)} ms`,
      )
      runs.push(run)
    }
  }
  return { table: tableOf(runs), misses: missesOf(runs) }
}

async function runOne(name: HostName, options: IsolationOptions): Promise<IsolationRun> {
  const host = await Host.startAlone(name)
  const { port, seat, smallSeat } = host.ready
  if (smallSeat === undefined) throw new Error(`${name} has no small room`)
  const address = `127.0.0.1:${port}`
  const crowd = await Swarm.start({ address, seat, joiningMax: 256 })
  const game = await Swarm.start({ address, seat: smallSeat, first: 50_000, sampleEvery: 1 })
  await pin(crowd.process.pid, cores.viewers)
  await pin(game.process.pid, cores.viewers)
  try {
    const { failed, ends } = await crowd.open(options.viewers)
    if (failed > 0) throw new Error(`${name}: ${JSON.stringify(ends)}`)
    await game.open(players)
    await host.ask({ do: 'pace', ...pace })
    // What so many joins left in the youngest memory is moved once, in a turn of its own length.
    await host.ask({ do: 'collect' })
    await game.talk({ talkers: players, perSecond: movesPerS, count: movesPerS * warmUpS })
    await sleep(1_000)
    await game.reset()
    await host.ask({ do: 'facts' })
    const count = movesPerS * options.windowS
    await game.talk({ talkers: players, perSecond: movesPerS, count })
    await sleep(1_000)
    const { longestTurnMs } = await host.ask({ do: 'rest' })
    const { latency, perViewer } = await game.report()
    if (latency === null || perViewer.least !== count) {
      throw new Error(`${name}: ${count} moves, players saw ${perViewer.least}`)
    }
    const [p50Ms, p99Ms, maxMs] = [latency.p50Ns, latency.p99Ns, latency.maxNs].map(
      (ns) => ns / 1e6,
    ) as [number, number, number]
    return { name, p50Ms, p99Ms, maxMs, longestTurnMs }
  } finally {
    await Promise.all([crowd.stop(), game.stop(), host.stop()])
  }
}

const of = (runs: IsolationRun[], name: HostName, pick: (run: IsolationRun) => number): number =>
  median(runs.filter((run) => run.name === name).map(pick))

function tableOf(runs: IsolationRun[]): string {
  const head = ['server', 'move until all have it, p50 / p99 / most', 'longest turn of the loop']
  const lines = hosts.map((name) => {
    const at = (pick: (run: IsolationRun) => number) => of(runs, name, pick).toFixed(1)
    return [
      hostKinds[name].title,
      `${at((run) => run.p50Ms)} / ${at((run) => run.p99Ms)} / ${at((run) => run.maxMs)} ms`,
      `${at((run) => run.longestTurnMs)} ms`,
    ]
  })
  return markdown([head, ...lines])
}

function missesOf(runs: IsolationRun[]): string[] {
  const p99Ms = of(runs, 'odeon', (run) => run.p99Ms)
  const turnMs = of(runs, 'odeon', (run) => run.longestTurnMs)
  const { p99MsMost, turnMsMost } = isolationBars
  const misses: [boolean, string][] = [
    [p99Ms > p99MsMost, `p99 of a move is over ${p99MsMost} ms`],
    [turnMs > turnMsMost, `a turn of the loop takes more than ${turnMsMost} ms`],
  ]
  return misses.flatMap(([isMissed, what]) => (isMissed ? [what] : []))
}
