/** What a fault cost, as a table for people, and which bars it missed. */
import { markdown } from '../fanout/fanout-table.ts'
import { whole } from '../report/figures.ts'

export interface FaultRun {
  title: string
  seed: number
  isWriterLost: boolean
  seatMsMost: number
  viewers: number
  /** Sockets that broke. */
  lost: number
  /** From the fault until all are in again; undefined: some stayed away. */
  backMs: number | undefined
  /** From the fault until a line was accepted that was said after it. */
  writtenMs: number | undefined
  /**
   * 99 of 100 lines seen within, by whoever is in at the moment: before, and from the fault until
   * it is over and all are back.
   */
  beforeMs: number
  meanwhileMs: number
  /** From the end of the fault until that is as before. */
  normalMs: number | undefined
  /** From the end of the fault until somebody new was in. */
  seatAfterMs: number | undefined
  writers: number
  entries: number
  /** Shown, never acknowledged, and said anew by a successor. */
  rewritten: number
  accepted: number
  /** Refused because nothing was taken just then. */
  busy: number
  unknown: number
  /** Where chat had to rest: lines accepted all the same, and what a newcomer heard meanwhile. */
  rest: { accepted: number; asked: string | undefined } | undefined
  /** Lost, doubled, out of order, other bytes: each that was seen. */
  faults: string[]
  isGeneratorBound: boolean
}

/** Of a 99th percentile to what it was before. */
export const calmFactor = 1.5
const faultBars = {
  backMsMost: 10_000,
  writtenMsMost: 3_000,
  normalMsMost: 10_000,
} as const

const seconds = (ms: number | undefined) =>
  ms === undefined ? '–' : `${(ms / 1_000).toFixed(1)} s`

export function faultTable(runs: FaultRun[]): string {
  const head = [
    'fault',
    'sockets lost',
    'all back after',
    'written again after',
    'p99 before / until all are back',
    'as before after',
    'new seat after',
    'writers',
    'lines accepted / busy / unanswered',
    'entries checked',
    'faults',
  ]
  return markdown([head, ...runs.map(cells)])
}

function cells(run: FaultRun): string[] {
  return [
    run.title,
    whole(run.lost),
    run.lost === 0 ? 'none left' : seconds(run.backMs),
    seconds(run.writtenMs),
    `${whole(run.beforeMs)} / ${whole(run.meanwhileMs)} ms`,
    seconds(run.normalMs),
    seconds(run.seatAfterMs),
    String(run.writers),
    [run.accepted, run.busy, run.unknown].map(whole).join(' / '),
    whole(run.entries),
    String(run.faults.length),
  ]
}

export function faultMisses(run: FaultRun): string[] {
  const { writers, faults, isGeneratorBound, isWriterLost } = run
  const { backMsMost, writtenMsMost, normalMsMost } = faultBars
  const late = (what: string, ms: number | undefined, mostMs: number) =>
    ms !== undefined && ms <= mostMs ? [] : [`${what} ${seconds(ms)} > ${mostMs / 1_000} s`]
  const misses = [
    ...faults.slice(0, 3),
    ...late('all back', run.backMs, backMsMost),
    ...(isWriterLost ? late('written again', run.writtenMs, writtenMsMost) : []),
    ...late('p99 as before', run.normalMs, normalMsMost),
    ...late('new seat', run.seatAfterMs, run.seatMsMost),
    ...restMisses(run),
    ...(writers === 1 ? [] : [`${writers} writers`]),
    ...(isGeneratorBound ? ['the generators were full'] : []),
  ]
  return misses.map((miss) => `${run.title} (seed ${run.seed}): ${miss}`)
}

function restMisses({ rest, busy }: FaultRun): string[] {
  if (rest === undefined) return []
  const { accepted, asked = 'busy' } = rest
  return [
    ...(accepted === 0 ? [] : [`${accepted} lines were accepted where nothing can be kept`]),
    ...(busy > 0 ? [] : ['nobody who talked was told that it is busy']),
    ...(asked === 'busy' ? [] : [`who asked for a seat meanwhile got ${asked}, not busy`]),
  ]
}

/** P16: as many as were to be there were lost, and the others hardly saw it. */
export function relayMisses(run: FaultRun, heldLeast: number): string[] {
  const { lost, beforeMs, meanwhileMs } = run
  const ratio = meanwhileMs / beforeMs
  return [
    ...faultMisses(run),
    ...(lost >= heldLeast ? [] : [`it held ${whole(lost)} viewers, not ${whole(heldLeast)}`]),
    ...(ratio <= calmFactor
      ? []
      : [`p99 until all were back ×${ratio.toFixed(2)} > ${calmFactor}`]),
  ]
}
