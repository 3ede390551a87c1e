/** Password hashes: bcrypt off the event loop, a bounded number at a time. */
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/bcrypt'
import { Refused } from '../platform/http/refusal.ts'
import { accountLimits } from './protocol.ts'

export const passwordCost = 12

const queueLimits = {
  /** One thread of the pool of four stays free for everything else. */
  runningMax: Math.min(3, availableParallelism()),
  waitingMax: 64,
  retryAfterMs: 2_000,
} as const

export interface Passwords {
  hash: (password: string) => Promise<string | Refused<'busy'>>
  /** Takes the same time for a wrong password and for `stored` null (nobody, or no password). */
  matches: (password: string, stored: string | null) => Promise<boolean | Refused<'busy'>>
}

export function passwords(cost = passwordCost): Passwords {
  const atMost = turnstile()
  const create = (password: string) => hash(password, { cost, rejectLongPasswords: true })
  const nobody = create(crypto.randomUUID())
  // Awaited at first use; until then a failure must not count as unhandled.
  nobody.catch(() => undefined)
  return {
    hash: (password) => atMost(() => create(password)),
    matches: (given, stored) =>
      atMost(async () => {
        const password = given.normalize('NFKC')
        const matched = await verify(password, stored ?? (await nobody))
        // Beyond 72 bytes bcrypt compares a prefix only, and nobody could register such a one.
        const whole = Buffer.byteLength(password) <= accountLimits.passwordBytesMax
        return matched && stored !== null && whole
      }),
  }
}

/** Runs a few at a time, keeps some waiting, refuses the rest. */
function turnstile() {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T | Refused<'busy'>> => {
    if (running >= queueLimits.runningMax) {
      if (waiting.length >= queueLimits.waitingMax) {
        return new Refused('busy', { retryAfterMs: queueLimits.retryAfterMs })
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      // The turn goes to the next in line, so `running` changes only when nobody waits.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
