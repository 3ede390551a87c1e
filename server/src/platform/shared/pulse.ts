/**
 * Which processes of the house are alive, and how many sockets each has: every process says so a
 * few times a second, and Redis forgets who does not.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@odeon/rooms/ports'
import type { RedisLink } from '../redis.ts'

export const pulseLimits = {
  beatMs: 400,
  /** A process that said nothing for so long is dead, or as good as dead. */
  deadAfterMs: 2_000,
  /** How long an answer about all processes is good enough. */
  freshMs: 500,
} as const

export interface Pulse {
  /** Begins to say that this process lives, until the result is called. */
  beat(): () => Promise<void>
  /**
   * This process lives on and takes nobody more. Resolves when no other one sends viewers here:
   * what they read of all processes is good enough for a while.
   */
  leave(): Promise<void>
  /** False when the process is known to be gone. */
  isAlive(processId: string): Promise<boolean>
  /** Sockets of each living process that takes people. */
  loads(): Promise<ReadonlyMap<string, number>>
}

export interface PulseDeps {
  redis: Pick<RedisLink, 'commands'>
  log: Logger
  processId(): string
  sockets(): number
}

const all = 'odeon.processes'
const keyOf = (processId: string) => `odeon.process.${processId}`

export function pulse({ redis, log, processId, sockets }: PulseDeps): Pulse {
  const { commands } = redis
  /** The newest reading, shared by all who ask while it is under way or fresh. */
  let reading: Promise<ReadonlyMap<string, number>> | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let hasLeft = false

  const say = async () => {
    const id = processId()
    const signs = commands.multi().set(keyOf(id), sockets(), 'PX', pulseLimits.deadAfterMs)
    await (hasLeft ? signs.srem(all, id) : signs.sadd(all, id)).exec()
  }

  const read = async (): Promise<ReadonlyMap<string, number>> => {
    const ids = await commands.smembers(all)
    const counts = ids.length > 0 ? await commands.mget(ids.map(keyOf)) : []
    const gone = ids.filter((_, at) => counts[at] === null)
    if (gone.length > 0) await commands.srem(all, gone)
    return new Map(
      ids.flatMap((id, at): [string, number][] => {
        const count = counts[at]
        return count === null || count === undefined ? [] : [[id, Number(count)]]
      }),
    )
  }

  return {
    beat() {
      const next = () =>
        void say().catch((err: unknown) => log.debug({ err }, 'a sign of life was not heard'))
      next()
      const timer = setInterval(next, pulseLimits.beatMs)
      return async () => {
        clearInterval(timer)
        const id = processId()
        await commands
          .multi()
          .srem(all, id)
          .del(keyOf(id))
          .exec()
          .catch(() => undefined)
      }
    },

    async leave() {
      hasLeft = true
      reading = undefined
      await say().catch((err: unknown) => log.debug({ err }, 'nobody was told that we leave'))
      await delay(pulseLimits.freshMs)
    },

    async isAlive(id) {
      return id === processId() || (await commands.exists(keyOf(id))) === 1
    },

    loads() {
      const now = performance.now()
      if (reading !== undefined && now - readAt < pulseLimits.freshMs) return reading
      readAt = now
      const begun = read()
      reading = begun
      begun.catch(() => {
        if (reading === begun) reading = undefined
      })
      return begun
    },
  }
}
