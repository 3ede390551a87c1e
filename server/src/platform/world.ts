/** The real time, randomness and ids, for everything that takes a `World`. */
import type { World } from '@odeon/rooms/ports'
import { v7 } from 'uuid'

export const realWorld: World = { now: Date.now, newId: () => v7(), random: Math.random }
