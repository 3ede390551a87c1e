/** One load run: a room, its viewers and talkers, a scenario, and what must hold all the while. */
import { findKind } from '../kinds/find-kind.ts'
import { findScenario } from '../scenarios/find-scenario.ts'
import { assemble, type Run } from './assemble.ts'
import type { Facts } from './invariants.ts'
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

export async function runLoad(
  server: ServerUnderLoad,
  plan: LoadPlan,
  { say, progress }: Voice,
): Promise<LoadResult> {
  const kind = findKind(plan.room)
  const scenario = await findScenario(plan.scenario, plan.room)
  say(`${plan.scenario}: ${scenario.title}. Seed ${plan.seed}.`)
  const room = await kind.open(server, plan)
  const run = await assemble({ server, plan, kind, room, say })
  const minute = new Minute(run, progress)
  try {
    await run.crowd.reset()
    minute.start(() => run.checks.look(factsOf(run)))
    await play(scenario, run, say)
    const late = await settle(run)
    await minute.stop()
    const report = await run.crowd.report()
    const facts = { ...factsOf(run), late, viewers: { wanted: run.wanted, mark: report } }
    const findings = run.checks.conclude(facts)
    for (const member of late) await member.leave()
    return conclude({ ...run, findings, report, seconds: minute.seconds })
  } finally {
    await minute.stop()
    await run.crowd.stop()
    for (const member of run.members) await member.leave()
    await room.end()
  }
}

function factsOf({ members, shared, crowd, plan, wanted }: Run): Facts {
  const isOurs = plan.server.streamId === undefined
  const viewers = { wanted, mark: crowd.last }
  return { members, late: [], shared, blocks: crowd, isOurs, viewers }
}
