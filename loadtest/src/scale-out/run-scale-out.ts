/** `npm run bench -- socketio-redis`: two processes and Redis on either side, in turns. */
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from '../fanout/summarise.ts'
import { cpuOf, type Side, type SideName, startSide } from './side.ts'

export interface ScaleOutOptions {
  repetitions: number
  viewersEach: number
  seconds: number
  say: (line: string) => void
}

export interface ScaleOutRow {
  side: SideName
  /** Offered. */
  perSecond: number
  /** Messages that reached every viewer, by second until the last one had the last of them. */
  reachedPerSecond: number
  deliveriesPerCpuS: number
  /** Of a core, that Redis used. */
  redisShare: number
  /** From when a message was due; of a server that is full that is mostly waiting. */
  p99Ms: number
}

export const rates = [20, 200] as const
const sides: SideName[] = ['odeon', 'socketio-redis']
const warmSeconds = 2
const settleMsMax = 120_000

export async function runScaleOut(options: ScaleOutOptions): Promise<ScaleOutRow[]> {
  const { repetitions, viewersEach, seconds, say } = options
  const started: Side[] = []
  const rows: ScaleOutRow[] = []
  try {
    for (const name of sides) {
      say(`${name}: two processes with ${viewersEach} viewers each …`)
      started.push(await startSide(name, viewersEach, say))
    }
    for (const side of started) {
      for (const perSecond of rates) await measure(side, perSecond, warmSeconds)
    }
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const perSecond of rates) {
        for (const side of repetition % 2 === 0 ? started : started.toReversed()) {
          const row = await measure(side, perSecond, seconds)
          rows.push(row)
          say(`${repetition + 1}/${repetitions}  ${describe(row)}`)
        }
      }
    }
  } finally {
    for (const side of started) await side.stop()
  }
  return sides.flatMap((side) =>
    rates.map((rate) => middle(rows.filter((r) => r.side === side && r.perSecond === rate))),
  )
}

/** From the first word until every viewer has the last one, the waiting included. */
async function measure(side: Side, perSecond: number, seconds: number): Promise<ScaleOutRow> {
  const { name, swarm, serverPids, redisPid } = side
  await swarm.reset()
  const [startedAt, serverS, redisS] = [performance.now(), cpuOf(serverPids), cpuOf([redisPid])]
  const said = await side.talk(perSecond, seconds)
  const { messages, latency } = await settled(side, said)
  const wallS = (performance.now() - startedAt) / 1_000
  return {
    side: name,
    perSecond,
    reachedPerSecond: said / wallS,
    deliveriesPerCpuS: messages / (cpuOf(serverPids) - serverS),
    redisShare: (cpuOf([redisPid]) - redisS) / wallS,
    p99Ms: (latency?.p99Ns ?? Number.NaN) / 1e6,
  }
}

/** Every viewer must have every message once and in order; else there is no result. */
async function settled(side: Side, said: number) {
  const until = performance.now() + settleMsMax
  for (;;) {
    const mark = await side.swarm.mark()
    const { perViewer, gone, ends } = mark
    if (gone > 0) throw new Error(`${side.name} closed sockets: ${JSON.stringify(ends)}`)
    const fault = side.faults(mark)
    if (fault !== undefined) throw new Error(`${side.name}: ${fault}`)
    if (perViewer.least === said && perViewer.most === said) return mark
    if (perViewer.most > said || performance.now() > until) {
      const { least, most } = perViewer
      throw new Error(`${side.name} said ${said}; viewers got ${least} to ${most}`)
    }
    await sleep(50)
  }
}

function middle(rows: ScaleOutRow[]): ScaleOutRow {
  const of = (pick: (row: ScaleOutRow) => number) => median(rows.map(pick))
  return {
    side: rows[0]?.side ?? 'odeon',
    perSecond: rows[0]?.perSecond ?? 0,
    reachedPerSecond: of((row) => row.reachedPerSecond),
    deliveriesPerCpuS: of((row) => row.deliveriesPerCpuS),
    redisShare: of((row) => row.redisShare),
    p99Ms: of((row) => row.p99Ms),
  }
}

function describe(row: ScaleOutRow): string {
  const { side, perSecond, reachedPerSecond, deliveriesPerCpuS, p99Ms } = row
  return [
    `${side.padEnd(15)} ${String(perSecond).padStart(3)} a second offered,`,
    `${reachedPerSecond.toFixed(1)} reached all,`,
    `${Math.round(deliveriesPerCpuS / 1_000)} k per CPU-s, p99 ${p99Ms.toFixed(0)} ms`,
  ].join(' ')
}
