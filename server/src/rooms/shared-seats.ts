/**
 * Seats people hold reserved without having connected, counted over all processes in Redis. While
 * it is away each process counts for itself.
 */
import { kitLimits, PendingSeats, type SeatCounter } from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import { v7 } from 'uuid'
import { type RedisLink, RedisUnavailable } from '../platform/redis.ts'

const keyOf = (userId: string) => `odeon.seats.${userId}`

/** KEYS[1] seats by when they end; ARGV: a name for this one, how long it holds, how many may. */
const takeOne = `
  local time = redis.call('time')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('zremrangebyscore', KEYS[1], '-inf', now)
  if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
  redis.call('zadd', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
  redis.call('pexpire', KEYS[1], ARGV[2])
  return 1`

export function sharedSeats(redis: RedisLink | undefined, log: Logger): SeatCounter {
  const alone = new PendingSeats()
  if (redis === undefined) return alone
  const { commands } = redis
  return {
    async take(userId, now, untilMs) {
      const values = [v7(), untilMs - now, kitLimits.pendingSeatsMax]
      try {
        return (await commands.eval(takeOne, 1, keyOf(userId), ...values)) === 1
      } catch (error) {
        if (!(error instanceof RedisUnavailable)) throw error
        return alone.take(userId, now, untilMs)
      }
    },
    use(userId) {
      alone.use(userId)
      // It ends by itself within seconds.
      commands
        .zpopmin(keyOf(userId))
        .catch((err: unknown) => log.debug({ err }, 'a seat taken was not counted'))
    },
    expire: (now) => alone.expire(now),
  }
}
