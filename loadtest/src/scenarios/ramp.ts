/** The audience grows evenly over the whole time: where the curve bends is the capacity. */
import type { Scenario } from './scenario.ts'

export const scenario: Scenario = {
  title: 'the audience grows evenly while lines are said',
  rooms: ['audio', 'live'],
  async run(play) {
    const perSecond = Math.ceil(play.viewers / play.seconds)
    await Promise.all([play.speak(play.seconds), play.join(play.viewers, perSecond)])
  },
}
