/** A claim on something for a moment: one holder in the whole house, whoever asked first. */
import { randomUUID } from 'node:crypto'
import type { RedisLink } from '../redis.ts'

/** KEYS[1] the claim; ARGV: who gives it up. What another claimed meanwhile stays theirs. */
const giveUp = `
  if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
  return 0`

/** KEYS[1] the claim; ARGV: whose it is, ms. 0 when another has it, or nobody. */
const renew = `
  if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('pexpire', KEYS[1], ARGV[2])`

export interface ClaimFor {
  /** How long it outlives its holder. */
  ms: number
  /** How long a living holder keeps it at most: what it does may hang. */
  msMax: number
}

/** What gives it up again, or undefined while another holds it. */
export async function claim(
  { commands }: Pick<RedisLink, 'commands'>,
  name: string,
  { ms, msMax }: ClaimFor,
): Promise<(() => Promise<void>) | undefined> {
  const key = `odeon.claim.${name}`
  const self = randomUUID()
  const until = performance.now() + msMax
  if ((await commands.set(key, self, 'PX', ms, 'NX')) === null) return undefined
  const renewing = setInterval(() => {
    const leftMs = Math.floor(until - performance.now())
    if (leftMs < ms) clearInterval(renewing)
    // One that fails is followed by another before the claim ends.
    if (leftMs > 0) commands.eval(renew, 1, key, self, Math.min(ms, leftMs)).catch(() => undefined)
  }, ms / 4)
  renewing.unref()
  return async () => {
    clearInterval(renewing)
    // It ends by itself soon.
    await commands.eval(giveUp, 1, key, self).catch(() => undefined)
  }
}
