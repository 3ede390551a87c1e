/** Rate limits of the HTTP API, counted in memory or by all processes together in Redis. */
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { z } from 'zod'
import { networkOf } from './client-address.ts'

/** Figures per window. They can be raised, never switched off by leaving one out. */
export const limitFigures = z.strictObject({
  windowSeconds: z
    .number()
    .int()
    .min(1)
    .default(15 * 60),
  /** Requests of one IP (an IPv6 /64) without a valid token. */
  anonymousMax: z.number().int().min(1).default(100),
  /** Requests of one signed-in person, from wherever. */
  signedInMax: z.number().int().min(1).default(600),
  /** Attempts to log in to one account from one IP, good ones included. */
  loginMax: z.number().int().min(1).default(10),
  /** Guests made from one IP. */
  guestMax: z.number().int().min(1).default(60),
  /** People looked up by name by one person, letter by letter. */
  lookupMax: z.number().int().min(1).default(240),
  /** Payments begun and asked about by one person: pages of four at once for as long. */
  paymentMax: z.number().int().min(1).default(240),
  /** Parts of recordings read from one IP: two hours at four times the speed, and seeking. */
  replayMax: z.number().int().min(1).default(1_500),
})
export type LimitFigures = z.output<typeof limitFigures>

export type LimitName = 'general' | 'login' | 'guest' | 'lookup' | 'payment' | 'replay'

/** `by` adds a part of the body to the key, such as the account that a login is for. */
export interface LimitRule<B> {
  limit: LimitName
  by?: (body: B) => string
}

/** Counts one use of `key`. Resolves with 0 when allowed, else the ms until the next try. */
export interface LimitCounter {
  take: (key: string) => Promise<number>
}
export type LimitStore = (name: string, max: number, windowSeconds: number) => LimitCounter

export interface Asker {
  ip: string
  userId?: string
}

export interface RateLimits {
  /** Resolves with 0 when allowed, else the ms until the next try. */
  take: (name: LimitName, asker: Asker, by?: string) => Promise<number>
}

const memoryStore: LimitStore = (keyPrefix, points, duration) =>
  counting(new RateLimiterMemory({ keyPrefix, points, duration }))

/** While Redis is away each process counts for itself. */
export const redisStore =
  (commands: unknown): LimitStore =>
  (name, points, duration) => {
    const keyPrefix = `odeon.limit.${name}`
    return counting(
      new RateLimiterRedis({
        storeClient: commands,
        keyPrefix,
        points,
        duration,
        rejectIfRedisNotReady: true,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }),
      }),
    )
  }

function counting(limiter: RateLimiterAbstract): LimitCounter {
  return {
    async take(key) {
      try {
        await limiter.consume(key)
        return 0
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext)
        throw refusal
      }
    },
  }
}

export function rateLimits(
  figures: Partial<LimitFigures> = {},
  store: LimitStore = memoryStore,
): RateLimits {
  const max = limitFigures.parse(figures)
  const counter = (name: string, points: number) => store(name, points, max.windowSeconds)
  const anonymous = counter('anonymous', max.anonymousMax)
  const signedIn = counter('signed-in', max.signedInMax)
  const login = counter('login', max.loginMax)
  const guest = counter('guest', max.guestMax)
  const lookup = counter('lookup', max.lookupMax)
  const payment = counter('payment', max.paymentMax)
  const replay = counter('replay', max.replayMax)
  return {
    take(name, { ip, userId }, by = '') {
      if (name === 'login') return login.take(`${networkOf(ip)} ${by}`)
      if (name === 'guest') return guest.take(networkOf(ip))
      if (name === 'lookup') return lookup.take(userId ?? networkOf(ip))
      if (name === 'payment') return payment.take(userId ?? networkOf(ip))
      if (name === 'replay') return replay.take(networkOf(ip))
      return userId ? signedIn.take(userId) : anonymous.take(networkOf(ip))
    },
  }
}
