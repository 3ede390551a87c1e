/** Forty people who say a hundred lines a second among them. */
import type { LiveConnection } from '@odeon/sdk'

const linesPerSecond = 100
/** Each may say three lines a second; some are spare. */
export const speakers = 40
const words = 'the low end is so warm tonight who else found this from the rooftop set'.split(' ')

/** Says lines at an even pace until stopped; tells how many were taken and refused. */
export function flood(rooms: readonly LiveConnection[]): () => { said: number; refused: number } {
  let said = 0
  let refused = 0
  let turn = 0
  let due = performance.now()
  const timer = setInterval(() => {
    for (; due <= performance.now(); due += 1_000 / linesPerSecond) {
      const room = rooms[turn % rooms.length]
      const length = 3 + ((turn * 7) % 12)
      const text = `${turn} ${words.slice(0, length).join(' ')}${turn % 5 ? '' : ' @nightowl'}`
      turn += 1
      room?.chat.send(text).then(
        () => void (said += 1),
        () => void (refused += 1),
      )
    }
  }, 10)
  return () => {
    clearInterval(timer)
    return { said, refused }
  }
}
