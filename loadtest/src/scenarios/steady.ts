/** Everybody joins, then nobody comes or goes: the times of an even load. */
import type { Scenario } from './scenario.ts'

export const scenario: Scenario = {
  title: 'everybody joins, then an even load',
  rooms: ['audio', 'live'],
  async run(play) {
    await play.join(play.viewers)
    await play.speak(play.seconds)
  },
}
