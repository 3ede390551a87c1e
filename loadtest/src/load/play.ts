/** What a scenario may do with the crowd, and with nothing else. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Play, Scenario } from '../scenarios/scenario.ts'
import type { Run } from './assemble.ts'
import type { Crowd } from './crowd.ts'
import { seeded } from './seeded.ts'

export async function play(
  scenario: Scenario,
  run: Run,
  say: (line: string) => void,
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
      await crowd.join(more, perSecond)
    },
    cut: (count) => crowd.cut(count),
    leave: (count) => crowd.leave(count),
    allBack: (seconds) => allBack(crowd, seconds),
    speak: (seconds) => talk.speak(seconds),
    pause: (seconds) => sleep(seconds * 1_000),
    random: seeded(plan.seed),
    say,
  }
  await scenario.run(stage)
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
