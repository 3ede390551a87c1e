/** Runs over relays as tables for people, and which bars they missed. */
import { markdown } from '../fanout/fanout-table.ts'
import { whole } from '../report/figures.ts'
import type { ScaleRun } from './run-scale.ts'

export const scaleBars = {
  p99MsMost: 1_000,
  writerShareMost: 0.1,
  /** Of the writer's CPU a message, most relays beside one. */
  writerRiseMost: 1.3,
  /** Of messages through Redis, the same relays with twice the viewers. */
  redisRiseWithViewersMost: 1.2,
} as const

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

export function scaleTable(runs: ScaleRun[]): string {
  const head = [
    'viewers',
    'relays',
    'all in after',
    'entries checked',
    'faults',
    'seen after, p50 / p99',
    'writer',
    'a relay',
    'Redis',
    'generators',
    'memory a viewer',
    'writer, a message',
    'Redis messages',
    'out of Redis',
  ]
  return markdown([head, ...runs.map(cells)])
}

function cells(run: ScaleRun): string[] {
  const { relayShares } = run
  const relay = [Math.min(...relayShares), Math.max(...relayShares)].map(percent)
  return [
    whole(run.viewers),
    String(run.relays),
    `${run.joinS.toFixed(0)} s`,
    whole(run.entries),
    String(run.faults.length),
    `${run.p50Ms.toFixed(0)} / ${run.p99Ms.toFixed(0)} ms`,
    percent(run.writerShare),
    relay[0] === relay[1] ? (relay[0] as string) : relay.join(' to '),
    percent(run.redisShare),
    percent(run.generatorShare),
    `${(run.rssBytesPerViewer / 1024).toFixed(1)} KiB`,
    `${run.writerUsPerMessage.toFixed(0)} µs`,
    `${whole(run.redisMessagesPerS)}/s`,
    `${whole(run.redisBytesPerS / 1024)} KiB/s`,
  ]
}

/** What must hold in every run, whatever its size. */
export function faultsOf(runs: ScaleRun[]): string[] {
  return runs.flatMap(({ viewers, relays, isSound, isGeneratorBound, faults }) => {
    const name = `${whole(viewers)} over ${relays}`
    const bound = isGeneratorBound ? [`${name}: the generators were full`] : []
    return isSound ? bound : [...bound, `${name}: ${faults.slice(0, 3).join('; ')}`]
  })
}

/** P6: one large run. */
export function sizeMisses(run: ScaleRun): string[] {
  const { p99Ms, writerShare } = run
  const { p99MsMost, writerShareMost } = scaleBars
  return [
    ...faultsOf([run]),
    ...(p99Ms > p99MsMost ? [`p99 ${p99Ms.toFixed(0)} ms > ${p99MsMost} ms`] : []),
    ...(writerShare > writerShareMost
      ? [`writer ${percent(writerShare)} > ${percent(writerShareMost)} of a core`]
      : []),
  ]
}

export interface Rises {
  writer: number
  redisWithRelays: number
  redisWithViewers: number
}

/** P8: `few` and `many` relays with the same viewers, `half` of them on `many`. */
export function risesOf(few: ScaleRun, many: ScaleRun, half: ScaleRun): Rises {
  return {
    writer: many.writerUsPerMessage / few.writerUsPerMessage,
    redisWithRelays: many.redisMessagesPerS / few.redisMessagesPerS,
    redisWithViewers: many.redisMessagesPerS / half.redisMessagesPerS,
  }
}

export function riseMisses({ writer, redisWithViewers }: Rises): string[] {
  const { writerRiseMost, redisRiseWithViewersMost } = scaleBars
  return [
    ...(writer > writerRiseMost
      ? [`writer a message ×${writer.toFixed(2)} > ${writerRiseMost}`]
      : []),
    ...(redisWithViewers > redisRiseWithViewersMost
      ? [`Redis with viewers ×${redisWithViewers.toFixed(2)} > ${redisRiseWithViewersMost}`]
      : []),
  ]
}
