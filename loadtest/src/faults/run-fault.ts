/** One fault under load: a house, its audience, what breaks, and what became of what was said. */
import { setTimeout as sleep } from 'node:timers/promises'
import { kitLimits } from '@odeon/rooms/protocol'
import { type House, startHouse } from '../house/house.ts'
import type { Run } from '../load/assemble.ts'
import type { CrowdMark } from '../load/merge-marks.ts'
import { settle } from '../load/settle.ts'
import type { DatedReplies } from './dated-replies.ts'
import type { Happened } from './fault.ts'
import { type FaultOptions, gathered } from './gathered.ts'
import { lookAt, type Looking } from './look-at.ts'
import { askForSeat, newSeat } from './new-seat.ts'
import { backAfterMs, type Look, normalAfterMs, p99Between, sharesBackAfterMs } from './looks.ts'
import { calmFactor, type FaultRun } from './verdict.ts'
import { countWriters } from './writers.ts'

const warmS = 3
/** When somebody asks for a seat while a long fault lasts, and how long one is. */
const askAfterMs = 3_000
const longS = 10
/** Until what was taken before a fault is answered. */
const lastAnswersMs = 1_000
/** What faults may do. */
const allowed = new Set(['no socket ends unasked', 'everything said is answered'])

export async function runFault(options: FaultOptions): Promise<FaultRun> {
  const { fault, viewers, say } = options
  say(`${fault.title}, ${viewers.toLocaleString('en')} viewers, seed ${options.seed} …`)
  const { processes } = options
  const house = await startHouse({ processes, relayFromViewers: 0, first: fault.writer })
  try {
    const run = await gathered(options, house)
    try {
      return await strike(options, house, run)
    } finally {
      await run.crowd.stop()
      for (const member of run.members) await member.leave()
      await run.room.end()
    }
  } finally {
    await house.stop()
  }
}

async function strike(options: FaultOptions, house: House, run: Run): Promise<FaultRun> {
  const looking = lookAt(run)
  try {
    return await struck(options, house, run, looking)
  } finally {
    await looking.stop()
  }
}

async function struck(
  options: FaultOptions,
  house: House,
  run: Run,
  looking: Looking,
): Promise<FaultRun> {
  const { fault, beforeS, afterS, say } = options
  const speaking = run.talk.speak(warmS + beforeS + fault.lastsS + afterS)
  await sleep((warmS + beforeS) * 1_000)
  const [ends, atMs] = [run.crowd.last.ends, performance.now()]
  const [happened, asked] = await Promise.all([fault.happen(house), askMeanwhile(options, run)])
  say(`  It happened: ${happened.proof}.`)
  const seated = newSeat(run, happened.overAtMs)
  const [seatAfterMs] = await Promise.all([seated, speaking, happened.again])
  const talkedUntilMs = performance.now()
  const late = await settle(run, say)
  const writers = await countWriters(house, () => sayAgain(run))
  const looks = await looking.stop()
  const shares = sharesBackAfterMs(looks, atMs, run.wanted).map(
    ([share, ms]) => `${share * 100} % after ${(ms / 1_000).toFixed(1)} s`,
  )
  if (shares.length > 0) say(`  Of those who lost the room were back: ${shares.join(', ')}.`)
  const mark = await run.crowd.report()
  const findings = run.checks.conclude({
    members: run.members,
    late,
    shared: run.shared,
    blocks: run.crowd,
    isOurs: true,
    viewers: { wanted: run.wanted, mark },
  })
  for (const member of late) await member.leave()
  const lost = lostSince(ends, mark)
  if (fault.victim === 1 && lost === 0) throw new Error('nobody was at the relay that died')
  const broken = findings.filter(({ name, holds }) => !holds && !allowed.has(name))
  const talked = looks.filter((look) => look.atMs <= talkedUntilMs)
  return {
    ...timesOf({ options, run, looks: talked, atMs, happened }),
    rest: restOf(options, { run, fromMs: atMs, toMs: happened.overAtMs, asked }),
    title: fault.title,
    seed: options.seed,
    isWriterLost: fault.isWriterLost,
    seatMsMost: fault.seatMsMost ?? 10_000,
    viewers: options.viewers,
    lost,
    seatAfterMs,
    writers,
    entries: mark.log.entries,
    rewritten: mark.log.rewritten,
    accepted: sum(run, ({ said }) => said.accepted.size),
    busy: sum(run, ({ said }) => said.refusals.get('busy') ?? 0),
    unknown: sum(run, ({ said }) => said.unknown.size),
    faults: [...run.checks.broken, ...broken.map(({ name, found }) => `${name}: ${found}`)],
    isGeneratorBound: looking.isFull(),
  }
}

function timesOf(options: {
  options: FaultOptions
  run: Run
  looks: Look[]
  atMs: number
  happened: Happened
}): Pick<FaultRun, 'backMs' | 'writtenMs' | 'beforeMs' | 'meanwhileMs' | 'normalMs'> {
  const { run, looks, atMs, happened } = options
  const beforeMs = p99Between(looks, atMs - options.options.beforeS * 1_000, atMs)
  const backMs = backAfterMs(looks, atMs, run.wanted)
  const untilMs = Math.max(happened.overAtMs, atMs + (backMs ?? 0), atMs + 2_000)
  return {
    backMs,
    beforeMs,
    meanwhileMs: p99Between(looks, atMs, untilMs),
    normalMs: normalAfterMs(looks, happened.overAtMs, beforeMs * calmFactor),
    writtenMs: (run.ledger.replies as DatedReplies).firstAfterMs(atMs),
  }
}

/** What somebody new hears while it lasts, of a fault that lasts long enough to ask. */
async function askMeanwhile({ fault }: FaultOptions, run: Run): Promise<string | undefined> {
  if (fault.chatRests !== true || fault.lastsS < longS) return undefined
  await sleep(askAfterMs)
  return await askForSeat(run)
}

function restOf(
  { fault }: FaultOptions,
  { run, fromMs, toMs, asked }: { run: Run; fromMs: number; toMs: number; asked?: string },
): FaultRun['rest'] {
  if (fault.chatRests !== true) return undefined
  const restsFromMs = fromMs + kitLimits.writerCutOffMs + lastAnswersMs
  const replies = run.ledger.replies as DatedReplies
  return { accepted: replies.cameBetween(restsFromMs, toMs), asked }
}

const sum = ({ members }: Run, of: (member: Run['members'][number]) => number): number =>
  members.reduce((total, member) => total + of(member), 0)

/** Sockets that were in the room and broke. */
function lostSince(before: Record<string, number>, { ends }: CrowdMark): number {
  const inRoom = Object.entries(ends).filter(([why]) => !why.endsWith(' while joining'))
  const broke = inRoom.filter(([why]) => why.startsWith('closed '))
  return broke.reduce((total, [why, count]) => total + count - (before[why] ?? 0), 0)
}

async function sayAgain({ talk, members }: Run): Promise<void> {
  for (const member of members.slice(0, 3)) await talk.sayOne(member)
}
