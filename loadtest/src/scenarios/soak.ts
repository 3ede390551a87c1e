/** Hours of the same: everybody is there, some leave and come back, some sockets break. */
import type { Scenario } from './scenario.ts'

/** Of the audience, each second: five in a hundred each minute, half of them without a word. */
const churnPerS = 0.05 / 60

export const scenario: Scenario = {
  title: 'everybody is there; 5 % a minute leave or break and come back',
  rooms: ['audio', 'live'],
  async run(play) {
    await play.join(play.viewers)
    const churn = async (): Promise<void> => {
      for (let second = 1; second < play.seconds; second += 1) {
        await play.pause(1)
        const share = (play.asked * churnPerS) / 2
        play.leave(Math.floor(share + play.random()))
        play.cut(Math.floor(share + play.random()))
      }
      await play.allBack(backWithinS)
    }
    await Promise.all([play.speak(play.seconds), churn()])
  },
}

const backWithinS = 30
