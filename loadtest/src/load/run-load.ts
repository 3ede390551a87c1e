/** One load run: a room, its viewers and talkers, a scenario, and what must hold all the while. */
import { findKind } from '../kinds/find-kind.ts'
import { findScenario } from '../scenarios/find-scenario.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { assemble, type Run } from './assemble.ts'
import { whenEnded } from './interruption.ts'
import type { Facts } from './invariants.ts'
import type { LoadMember } from './member.ts'
import { Minute } from './minute.ts'
import type { LoadPlan } from './plan.ts'
import { play } from './play.ts'
import { conclude, type LoadResult } from './result.ts'
import type { ServerUnderLoad } from './server-under-load.ts'
import { settle } from './settle.ts'

export interface Voice {
  /** A line that stays. */
  say(line: string): void
  /** The one line that says how it goes now. */
  progress(line: string): void
}

/** `ended` aborted: the result is of what was seen so far; `Interrupted` when nobody was in. */
export async function runLoad(
  server: ServerUnderLoad,
  plan: LoadPlan,
  voice: Voice,
  ended = new AbortController().signal,
): Promise<LoadResult> {
  const { say } = voice
  const kind = findKind(plan.room)
  const scenario = await findScenario(plan.scenario, plan.room)
  say(`${plan.scenario}: ${scenario.title}. Seed ${plan.seed}.`)
  const room = await kind.open(server, plan)
  try {
    const run = await assemble({ server, plan, kind, room, say, ended })
    try {
      return await watched(run, scenario, voice, ended)
    } finally {
      await run.crowd.stop()
      for (const member of run.members) await member.leave()
    }
  } finally {
    await room.end()
  }
}

async function watched(
  run: Run,
  scenario: Scenario,
  { say, progress }: Voice,
  ended: AbortSignal,
): Promise<LoadResult> {
  const minute = new Minute(run, progress)
  const through = async (): Promise<LoadMember[]> => {
    await play(scenario, run, say, ended)
    return settle(run, say)
  }
  try {
    await run.crowd.reset()
    minute.start(() => run.checks.look(factsOf(run)))
    const over = await Promise.race([whenEnded(ended), through()])
    await minute.stop()
    const report = await run.crowd.report()
    const wasEnded = over === 'ended'
    const late = wasEnded ? [] : over
    const facts = { ...factsOf(run), late, viewers: { wanted: run.wanted, mark: report } }
    const findings = run.checks.conclude(facts, wasEnded ? 'always' : 'end')
    for (const member of late) await member.leave()
    return conclude({ ...run, findings, report, seconds: minute.seconds, wasEnded })
  } finally {
    await minute.stop()
  }
}

function factsOf({ members, shared, crowd, plan, wanted }: Run): Facts {
  const isOurs = plan.server.streamId === undefined
  const viewers = { wanted, mark: crowd.last }
  return { members, late: [], shared, blocks: crowd, isOurs, viewers }
}
