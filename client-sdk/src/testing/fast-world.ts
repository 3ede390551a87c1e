/** The real world, running several times faster: long waits become testable, order stays real. */
import { realWorld, type World } from '../world.ts'

export function fastWorld(speed: number, random: () => number = realWorld.random): World {
  return {
    ...realWorld,
    random,
    now: () => Date.now() * speed,
    after: (delayMs, run) => realWorld.after(delayMs / speed, run),
  }
}
