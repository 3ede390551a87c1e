/** An evening: the audience grows, some leave and come back each second, some lines break. */
import type { Scenario } from './scenario.ts'

/** Of the audience, each second: about a twentieth each minute leaves, and as many break. */
const churnPerS = 1 / 1_200

export const scenario: Scenario = {
  title: 'the audience grows, people leave and come back, some sockets break',
  rooms: ['audio', 'live'],
  async run(play) {
    await play.join(Math.ceil(play.viewers / 2))
    const growing = play.join(
      play.viewers - play.asked,
      Math.ceil(play.viewers / 2 / Math.max(1, play.seconds / 2)),
    )
    const churn = async (): Promise<void> => {
      for (let second = 1; second < play.seconds; second += 1) {
        await play.pause(1)
        const share = play.asked * churnPerS
        play.leave(Math.floor(share + play.random()))
        play.cut(Math.floor(share + play.random()))
        // A train enters a tunnel.
        if (play.random() < 0.05) play.cut(Math.floor(play.asked * 0.1))
      }
    }
    await Promise.all([play.speak(play.seconds), churn(), growing])
  },
}
