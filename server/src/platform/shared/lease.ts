/**
 * Work that one process of a house does for all of them: whoever holds the lease, until it ends or
 * Redis forgets it. It must do no harm when two do it for a moment.
 */
import { randomUUID } from 'node:crypto'
import type { Logger } from '@odeon/rooms/ports'
import type { RedisLink } from '../redis.ts'

export const leaseLimits = { heldMs: 15_000, renewEveryMs: 5_000 } as const

export interface LeasedWork {
  name: string
  log: Logger
  /** Begins the work; the result ends it. */
  begin(): () => Promise<unknown>
}

/** KEYS[1] the lease; ARGV: who asks, ms. 1 when it is theirs now. */
const claim = `
  if redis.call('set', KEYS[1], ARGV[1], 'nx', 'px', ARGV[2]) then return 1 end
  if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('pexpire', KEYS[1], ARGV[2])`

/** KEYS[1] the lease; ARGV: who gives it up. */
const giveUp = `
  if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
  return 0`

/** Does the work here or leaves it to another, as the lease falls, until the result is called. */
export function leased(
  redis: Pick<RedisLink, 'commands'> | undefined,
  { name, log, begin }: LeasedWork,
  { heldMs, renewEveryMs }: { heldMs: number; renewEveryMs: number } = leaseLimits,
): () => Promise<void> {
  if (redis === undefined) {
    const end = begin()
    return async () => void (await end())
  }
  const key = `odeon.lease.${name}`
  const self = randomUUID()
  let end: (() => Promise<unknown>) | undefined
  let heldUntil = 0
  let running: Promise<void> = Promise.resolve()

  const round = async () => {
    const from = performance.now()
    try {
      const isOurs = await redis.commands.eval(claim, 1, key, self, heldMs)
      if (isOurs === 1) heldUntil = from + heldMs
      else heldUntil = 0
    } catch (err) {
      log.debug({ err, name }, 'a lease was not renewed')
    }
    const holds = performance.now() < heldUntil
    if (holds) end ??= begin()
    else if (end) {
      const ending = end
      end = undefined
      await ending()
    }
  }
  const next = () => {
    running = running.then(round).catch((err: unknown) => log.error({ err, name }, 'leased work'))
  }
  next()
  const timer = setInterval(next, renewEveryMs)
  return async () => {
    clearInterval(timer)
    await running
    await end?.()
    await redis.commands.eval(giveUp, 1, key, self).catch(() => undefined)
  }
}
