/** A tenth is there and talks; then all the others come at once. */
import type { Scenario } from './scenario.ts'

export const scenario: Scenario = {
  title: 'a tenth is there, then all others come at once',
  rooms: ['audio', 'live'],
  async run(play) {
    await play.join(Math.ceil(play.viewers / 10))
    const storm = async (): Promise<void> => {
      await play.pause(Math.min(5, play.seconds / 4))
      play.say('The others come, all at once.')
      await play.join(play.viewers - play.asked)
    }
    await Promise.all([play.speak(play.seconds), storm()])
  },
}
