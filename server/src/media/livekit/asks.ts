/** What the rooms of this process ask of LiveKit: so much at once, and no flood of what failed. */
import type { Logger } from '@odeon/rooms/ports'
import { AtOnce } from './at-once.ts'
import type { RoomCalls } from './room-calls.ts'
import type { LiveKitAddress } from './settings.ts'
import { SummedLog } from './summed-log.ts'

/**
 * Calls side by side, of all rooms together. Connections that are too many, or false, are ended on
 * a way of their own: however many they are, no change of rights waits for them.
 */
export const askedAtOnceMax = { room: 64, rights: 64, putOut: 16 } as const

/** Where LiveKit is while it answers. */
export interface Reach {
  at: LiveKitAddress
  calls: RoomCalls
}

export interface AsksDeps {
  /** Undefined while there is none. */
  reach(): Reach | undefined
  /** A call failed: is LiveKit there still? */
  doubt(error: unknown): void
  log: Logger
}

export class Asks {
  /** For what people can make happen as often as they like. */
  readonly log: SummedLog
  readonly #deps: AsksDeps
  readonly #ways = {
    room: new AtOnce(askedAtOnceMax.room),
    rights: new AtOnce(askedAtOnceMax.rights),
    putOut: new AtOnce(askedAtOnceMax.putOut),
  }

  constructor(deps: AsksDeps) {
    this.#deps = deps
    this.log = new SummedLog(deps.log)
  }

  get reach(): Reach | undefined {
    return this.#deps.reach()
  }

  /** Undefined when LiveKit was not reached, or said no. */
  ask<T>(
    way: keyof typeof askedAtOnceMax,
    roomId: string,
    work: (calls: RoomCalls) => Promise<T>,
  ): Promise<T | undefined> {
    return this.#ways[way].run(async () => {
      const there = this.reach
      if (there === undefined) return undefined
      try {
        return await work(there.calls)
      } catch (err) {
        this.log.warn({ err, room: roomId }, 'LiveKit did not do what a room asked')
        this.#deps.doubt(err)
        return undefined
      }
    })
  }
}
