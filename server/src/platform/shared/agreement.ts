/**
 * What must be the same in all processes of a house, such as the secret that signs tokens: a
 * process that differs is refused at its start, while others run that agree.
 */
import { createHash } from 'node:crypto'
import type { Database } from '../database.ts'
import { identityOf } from '../database/identity.ts'
import type { RedisLink } from '../redis.ts'

export const agreementLimits = { keptMs: 30_000, renewEveryMs: 10_000 } as const

/** Its text says all there is to say. */
export class ProcessesDiffer extends Error {
  override name = 'ProcessesDiffer'
}

/** Sets what is agreed when nothing is, keeps what is; KEYS[1], ARGV: the value, ms. */
const agree = `
  redis.call('set', KEYS[1], ARGV[1], 'nx', 'px', ARGV[2])
  local agreed = redis.call('get', KEYS[1])
  if agreed == ARGV[1] then redis.call('pexpire', KEYS[1], ARGV[2]) end
  return agreed`

/** What all processes of a house have in common. */
export interface InCommon {
  /** Signs tokens. A hash of it alone leaves the process. */
  secret: Uint8Array
  /** Which one it is. */
  database: Pick<Database, 'sql'>
}

const change =
  `To change it stop the others first: what they agreed on is forgotten ` +
  `${agreementLimits.keptMs / 1_000} s after the last of them has ended.`

const differing: Record<keyof InCommon, string> = {
  secret:
    'JWT_SECRET: expected the same as in the other processes of this house. Set it for all of ' +
    `them, or let all keep it in one DATA_DIR. ${change}`,
  database:
    'DATABASE_URL: expected the same database as in the other processes that share this ' +
    'REDIS_URL. Without it each process has a database of its own. Set it for all of them. ' +
    change,
}

/**
 * Rejects with `ProcessesDiffer` when running processes have another secret or database. The
 * result ends the agreement of this process.
 */
export async function agreeOn(
  link: Pick<RedisLink, 'commands'>,
  { secret, database }: InCommon,
): Promise<() => void> {
  const which = await identityOf(database.sql)
  const ends = [await agreeOnOne(link, 'secret', secret)]
  try {
    ends.push(await agreeOnOne(link, 'database', new TextEncoder().encode(which)))
  } catch (error) {
    for (const end of ends) end()
    throw error
  }
  return () => {
    for (const end of ends) end()
  }
}

async function agreeOnOne(
  { commands }: Pick<RedisLink, 'commands'>,
  what: keyof InCommon,
  value: Uint8Array,
): Promise<() => void> {
  const hash = createHash('sha256').update('odeon agreement').update(value).digest('hex')
  const ask = () => commands.eval(agree, 1, `odeon.agreed.${what}`, hash, agreementLimits.keptMs)
  if ((await ask()) !== hash) throw new ProcessesDiffer(differing[what])
  // Without Redis it is kept by the next round.
  const timer = setInterval(() => void ask().catch(() => undefined), agreementLimits.renewEveryMs)
  return () => clearInterval(timer)
}
