/** Everybody is there; three times half of them lose their sockets at once and come back. */
import type { Scenario } from './scenario.ts'

const storms = 3
const backWithinS = 60

export const scenario: Scenario = {
  title: 'three times half of the sockets break at once',
  rooms: ['audio', 'live'],
  async run(play) {
    await play.join(play.viewers)
    const weather = async (): Promise<void> => {
      for (let storm = 1; storm <= storms; storm += 1) {
        await play.pause(play.seconds / (storms + 1))
        play.say(`Storm ${storm} of ${storms}: half of the sockets break.`)
        play.cut(Math.floor(play.viewers / 2))
        await play.allBack(backWithinS)
      }
    }
    await Promise.all([play.speak(play.seconds), weather()])
  },
}
