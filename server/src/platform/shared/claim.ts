/** A claim on something for a moment: one holder in the whole house, whoever asked first. */
import { randomUUID } from 'node:crypto'
import type { RedisLink } from '../redis.ts'

/** KEYS[1] the claim; ARGV: who gives it up. What another claimed meanwhile stays theirs. */
const giveUp = `
  if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
  return 0`

/** What gives it up again, or undefined while another holds it. It ends by itself after `ms`. */
export async function claim(
  { commands }: Pick<RedisLink, 'commands'>,
  name: string,
  ms: number,
): Promise<(() => Promise<void>) | undefined> {
  const key = `odeon.claim.${name}`
  const self = randomUUID()
  if ((await commands.set(key, self, 'PX', ms, 'NX')) === null) return undefined
  return async () => {
    // It ends by itself soon.
    await commands.eval(giveUp, 1, key, self).catch(() => undefined)
  }
}
