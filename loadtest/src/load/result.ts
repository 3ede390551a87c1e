/** What a load run comes to: times, findings, missed targets, and whether it may be believed. */
import type { Finding } from './invariants.ts'
import type { LoadMember, MemberLedger } from './member.ts'
import type { CrowdMark } from './merge-marks.ts'
import type { Second } from './minute.ts'
import type { LoadPlan, Targets } from './plan.ts'
import type { Talk } from './talk.ts'
import type { LogFindings } from '../swarm/mark.ts'
import type { Percentiles } from './timings.ts'

export type TimeName = 'viewers' | 'members' | 'replies' | 'joins' | 'returns'

export interface TimeFigures extends Percentiles {
  curve: [percentile: number, ms: number][]
}

export interface LoadResult {
  plan: LoadPlan
  members: number
  lines: number
  reactions: number
  deliveries: number
  /** Guests and seats whose connection was closed while it rested, and how often; no fault. */
  askedAgain: number
  /** What viewers got of the log, all together. */
  log: LogFindings
  times: Record<TimeName, TimeFigures>
  seconds: Second[]
  findings: Finding[]
  /** In the order seen, at most a hundred. */
  broken: string[]
  missed: string[]
  headroom: HeadroomVerdict
  /** Somebody ended it: all figures are of what was seen until then. */
  wasEnded: boolean
}

/** A full generator measures itself: its times are then no word about the server. */
export interface HeadroomVerdict {
  isGeneratorBound: boolean
  said: string
}

interface Ended {
  plan: LoadPlan
  members: LoadMember[]
  talk: Talk
  ledger: MemberLedger
  checks: { broken: string[] }
  report: CrowdMark
  seconds: Second[]
  findings: Finding[]
  wasEnded: boolean
}

const fullShareMax = 0.05

const targetOf: Record<keyof Targets, [time: TimeName, said: string]> = {
  p99MaxMs: ['viewers', 'until a viewer has it'],
  joinP99MaxMs: ['joins', 'until a viewer is in'],
  returnP99MaxMs: ['returns', 'until a viewer is back'],
  replyP99MaxMs: ['replies', 'until the answer is there'],
}

export function conclude(ended: Ended): LoadResult {
  const { plan, ledger, report, talk } = ended
  const figures = (times: { percentiles: Percentiles; curve: TimeFigures['curve'] }) => ({
    ...times.percentiles,
    curve: times.curve,
  })
  const times: LoadResult['times'] = {
    viewers: figures(report.latency),
    members: figures(ledger.deliveries),
    replies: figures(ledger.replies),
    joins: figures(report.joins),
    returns: figures(report.returns),
  }
  return {
    plan,
    members: ended.members.length,
    lines: talk.lines,
    reactions: talk.reactions + report.said,
    deliveries: report.messages,
    askedAgain: report.askedAgain,
    log: report.log,
    times,
    seconds: ended.seconds,
    findings: ended.findings,
    broken: ended.checks.broken.slice(0, 100),
    missed: ended.wasEnded ? [] : missedTargets(plan.targets, times),
    wasEnded: ended.wasEnded,
    headroom: verdict(ended.seconds),
  }
}

function missedTargets(targets: Targets, times: LoadResult['times']): string[] {
  return (Object.keys(targets) as (keyof Targets)[]).flatMap((target) => {
    const [time, said] = targetOf[target]
    const most = targets[target] ?? Number.POSITIVE_INFINITY
    const { p99Ms, count } = times[time]
    if (count > 0 && p99Ms <= most) return []
    return [`p99 ${said}: ${count === 0 ? 'never seen' : `${p99Ms.toFixed(1)} ms`} > ${most} ms`]
  })
}

function verdict(seconds: Second[]): HeadroomVerdict {
  const all = seconds.flatMap(({ generators }) => generators)
  const most = (of: (one: (typeof all)[number]) => number) => Math.max(0, ...all.map(of))
  const full = seconds.filter(({ generators }) => generators.some((one) => one.isSaturated)).length
  const isGeneratorBound = full > seconds.length * fullShareMax
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const facts =
    `busiest second ${percent(most((one) => one.busyShare))} of its loop, ` +
    `longest turn ${most((one) => one.turnMaxMs).toFixed(0)} ms, ` +
    `longest wait for a core ${percent(most((one) => one.waitShare))} of a second`
  const verdictText = isGeneratorBound
    ? `GENERATOR-BOUND in ${full} of ${seconds.length} s, so times say nothing of the server`
    : 'had headroom'
  return { isGeneratorBound, said: `generators ${verdictText} (${facts})` }
}

export function isGood({ findings, broken, missed }: LoadResult): boolean {
  return findings.every(({ holds }) => holds) && broken.length === 0 && missed.length === 0
}

/** For people; nothing when all were answered the first time. */
export function askedAgainSaid({ askedAgain }: Pick<LoadResult, 'askedAgain'>): string {
  if (askedAgain === 0) return ''
  const times = askedAgain === 1 ? 'once' : `${askedAgain.toLocaleString('en')} times`
  return `asked again ${times} for a guest or a seat: the connection was closed while it rested`
}

/** One line for people: whether it passed, and if not what did not. */
export function verdictOf(result: LoadResult): string {
  const { findings, broken, missed } = result
  const failed = findings.filter(({ holds }) => !holds).length
  if (result.wasEnded) {
    const held = `${findings.length - failed} of ${findings.length} checks held until then`
    return `ENDED EARLY after ${result.seconds.length} s: ${held}, the others were not looked at.`
  }
  if (isGood(result)) return `PASSED: all ${findings.length} checks hold.`
  const parts = [
    ...(failed > 0 ? [`${failed} of ${findings.length} checks fail`] : []),
    ...(broken.length > 0 ? [`${broken.length} seen to break on the way`] : []),
    ...(missed.length > 0
      ? [`${missed.length} ${missed.length === 1 ? 'target' : 'targets'} missed`]
      : []),
  ]
  return `FAILED: ${parts.join(', ')}.`
}
