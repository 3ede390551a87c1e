/** What a scenario may do with the crowd, and with nothing else. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Play, Scenario } from '../scenarios/scenario.ts'
import type { Run } from './assemble.ts'
import type { Crowd } from './crowd.ts'
import { saying } from './saying.ts'
import { seeded } from './seeded.ts'

export async function play(
  scenario: Scenario,
  run: Run,
  say: (line: string) => void,
  ended: AbortSignal,
): Promise<void> {
  const { crowd, plan, talk, wanted } = run
  let asked = 0
  const stage: Play = {
    viewers: wanted,
    seconds: plan.seconds,
    get asked() {
      return asked
    },
    async join(count, perSecond) {
      const more = Math.min(count, wanted - asked)
      if (more <= 0) return
      asked += more
      const joined = crowd.join(more, perSecond)
      // Who comes on a schedule is not waited for.
      await (perSecond ? joined : saying(joined, () => `viewers to be in: ${stillOut(run)}`, say))
    },
    cut: (count) => crowd.cut(count),
    leave: (count) => crowd.leave(count),
    allBack: (seconds) => allBack(crowd, seconds),
    speak: (seconds) => talk.speak(seconds),
    pause: (seconds) => sleep(seconds * 1_000, undefined, { signal: ended }),
    random: seeded(plan.seed),
    say,
  }
  await scenario.run(stage)
}

/** As of the last second: how far they are, and what keeps them out. */
function stillOut({ crowd, wanted }: Run): string {
  const { open, joining, away, failed, ends } = crowd.last
  const why = Object.entries(ends).map(([name, count]) => `${name} ${count}`)
  const said = why.length === 0 ? '' : ` (${why.join(', ')})`
  return `${open} of ${wanted} are, ${joining + away} on the way, ${failed} failed${said}`
}

async function allBack(crowd: Crowd, seconds: number): Promise<boolean> {
  const until = performance.now() + seconds * 1_000
  for (;;) {
    const { away, joining } = await crowd.mark()
    if (away + joining === 0) return true
    if (performance.now() > until) return false
    await sleep(100)
  }
}
