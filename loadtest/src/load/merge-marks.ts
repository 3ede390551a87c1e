/** Marks of several generators as one, and how much headroom each of them had. */
import type { Latency, LogFindings, Mark } from '../swarm/mark.ts'
import { Times } from './timings.ts'

export interface CrowdMark {
  open: number
  joining: number
  away: number
  gone: number
  failed: number
  signed: number
  messages: number
  bytes: number
  states: number
  /** Reactions of viewers. */
  said: number
  /** Guests and seats, each once more on another connection. */
  askedAgain: number
  log: LogFindings
  heads: { least: number; most: number; reading: number }
  ends: Record<string, number>
  joins: Times
  returns: Times
  latency: Times
}

/** Shares of the time since the mark before. */
export interface Headroom {
  /** Its loop had something to do; near 1 it measures itself and not the server. */
  busyShare: number
  cpuShare: number
  /** It was ready to run and others had the cores. */
  waitShare: number
  turnMaxMs: number
  isSaturated: boolean
}

const busyShareMax = 0.9
/** A turn longer than this is seen by every viewer as lateness that is not the server's. */
const turnMsMax = 500

const counts = [
  'open',
  'joining',
  'away',
  'gone',
  'failed',
  'signed',
  'messages',
  'bytes',
  'states',
  'said',
  'askedAgain',
] as const

const logNames = [
  'entries',
  'checked',
  'chains',
  'again',
  'missed',
  'resyncs',
  'rewritten',
  'spared',
  'violations',
] as const

export function mergeMarks(marks: Mark[]): CrowdMark {
  const sum = (of: (mark: Mark) => number) => marks.reduce((total, mark) => total + of(mark), 0)
  const totals = Object.fromEntries(counts.map((name) => [name, sum((mark) => mark[name])]))
  const log = Object.fromEntries(logNames.map((name) => [name, sum((mark) => mark.log[name])]))
  const placed = marks.filter(({ open }) => open > 0).map(({ heads }) => heads)
  const ends: Record<string, number> = {}
  for (const mark of marks) {
    for (const [name, count] of Object.entries(mark.ends)) ends[name] = (ends[name] ?? 0) + count
  }
  const times = (of: (mark: Mark) => Latency | null) =>
    marks.reduce((all, mark) => all.merge(of(mark)), new Times())
  return {
    ...(totals as Pick<CrowdMark, (typeof counts)[number]>),
    log: log as unknown as LogFindings,
    heads: {
      least: placed.length === 0 ? 0 : Math.min(...placed.map(({ least }) => least)),
      most: Math.max(0, ...placed.map(({ most }) => most)),
      reading: sum(({ heads }) => heads.reading),
    },
    ends,
    joins: times((mark) => mark.joins),
    returns: times((mark) => mark.returns),
    latency: times((mark) => mark.latency),
  }
}

export function headroomOf(now: Mark, before: Mark | undefined): Headroom {
  const wallUs = before === undefined ? 0 : (now.ns - before.ns) / 1_000
  const share = (of: (mark: Mark) => number) =>
    before === undefined || wallUs <= 0 ? 0 : (of(now) - of(before)) / wallUs
  const busyShare = share((mark) => mark.busyUs)
  const turnMaxMs = now.turnMaxUs / 1_000
  return {
    busyShare,
    cpuShare: share((mark) => mark.ownCpuUs),
    waitShare: now.coreWaitUs < 0 ? 0 : share((mark) => mark.coreWaitUs),
    turnMaxMs,
    isSaturated: busyShare > busyShareMax || turnMaxMs > turnMsMax,
  }
}
