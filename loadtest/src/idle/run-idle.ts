/** `npm run bench -- idle`: what an audience costs that says nothing and hears nothing. */
import { setTimeout as sleep } from 'node:timers/promises'
import { kitLimits } from '@odeon/rooms/protocol'
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import { Host, type HostName, hostKinds } from '../hosts/host.ts'
import { usageOf } from '../load/process-watch.ts'
import { cores, pin } from '../machine.ts'
import { Swarm } from '../swarm/swarm.ts'

export interface IdleOptions {
  repetitions: number
  viewers: number
  windowS: number
  say: (line: string) => void
}

interface IdleRun {
  name: HostName
  bytesPerViewer: number
  /** Microseconds of CPU a second and viewer. */
  usPerViewer: number
}

export const idleBars = { bytesMost: 8 * 1024, usMost: 1.2, stockTimesLeast: 5 } as const
const hosts: HostName[] = ['odeon', 'stock']
/** Ours are the room's own; stock's are its default, which finds dead peers within 9 s. */
const stockPingMs = 3_000
/** Until all of a crowd are pinged, and until a room looks again. */
const spreadMs = 5_000
const deadWithinMs: Partial<Record<HostName, number>> = {
  odeon: kitLimits.pingEveryMs + kitLimits.pingAnswerMs + spreadMs,
  stock: stockPingMs * 3,
}
const restMs = 10_000
/** The first joins compile the code and grow the process for good. */
const warmViewers = 1_500

export async function runIdle(options: IdleOptions): Promise<{ table: string; misses: string[] }> {
  const runs: IdleRun[] = []
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    for (const name of repetition % 2 === 0 ? hosts : hosts.toReversed()) {
      const run = await runOne(name, options)
      const kib = (run.bytesPerViewer / 1_024).toFixed(1)
      options.say(
        `${repetition + 1}/${options.repetitions}  ${hostKinds[name].title.padEnd(22)} ` +
          `${kib} KiB and ${run.usPerViewer.toFixed(2)} µs/s a viewer`,
      )
      runs.push(run)
    }
  }
  return { table: tableOf(runs), misses: missesOf(runs) }
}

async function runOne(name: HostName, { viewers, windowS }: IdleOptions): Promise<IdleRun> {
  const host = await Host.startAlone(name, { PING_MS: String(stockPingMs) })
  const { port, seat } = host.ready
  const swarm = await Swarm.start({ address: `127.0.0.1:${port}`, seat, joiningMax: 256 })
  await pin(swarm.process.pid, cores.viewers)
  try {
    await swarm.open(warmViewers)
    await host.ask({ do: 'collect' })
    const empty = usageOf(host.pid)
    const { failed, ends } = await swarm.open(viewers)
    if (failed > 0) throw new Error(`${name}: ${JSON.stringify(ends)}`)
    await sleep(restMs)
    await host.ask({ do: 'collect' })
    const before = usageOf(host.pid)
    await sleep(windowS * 1_000)
    const after = usageOf(host.pid)
    const { gone } = await swarm.mark()
    if (gone > 0) throw new Error(`${name}: ${gone} silent viewers were dropped`)
    if (!empty || !before || !after) throw new Error(`${name} ended`)
    return {
      name,
      bytesPerViewer: (after.rssBytes - empty.rssBytes) / viewers,
      usPerViewer: ((after.cpuS - before.cpuS) * 1e6) / windowS / (viewers + warmViewers),
    }
  } finally {
    await Promise.all([swarm.stop(), host.stop()])
  }
}

const of = (runs: IdleRun[], name: HostName, pick: (run: IdleRun) => number): number =>
  median(runs.filter((run) => run.name === name).map(pick))

function tableOf(runs: IdleRun[]): string {
  const head = ['server', 'memory a viewer', 'CPU a viewer', 'dead peers found within']
  const lines = hosts.map((name) => [
    hostKinds[name].title,
    `${(of(runs, name, (run) => run.bytesPerViewer) / 1_024).toFixed(1)} KiB`,
    `${of(runs, name, (run) => run.usPerViewer).toFixed(2)} µs/s`,
    `${(deadWithinMs[name] ?? Number.NaN) / 1_000} s`,
  ])
  return markdown([head, ...lines])
}

function missesOf(runs: IdleRun[]): string[] {
  const bytes = of(runs, 'odeon', (run) => run.bytesPerViewer)
  const us = of(runs, 'odeon', (run) => run.usPerViewer)
  const times = of(runs, 'stock', (run) => run.usPerViewer) / us
  const misses: [boolean, string][] = [
    [bytes > idleBars.bytesMost, `a viewer takes more than ${idleBars.bytesMost / 1_024} KiB`],
    [us > idleBars.usMost, `a viewer takes more than ${idleBars.usMost} µs/s`],
    [times < idleBars.stockTimesLeast, `not ${idleBars.stockTimesLeast} times less than stock`],
  ]
  return misses.flatMap(([isMissed, what]) => (isMissed ? [what] : []))
}
