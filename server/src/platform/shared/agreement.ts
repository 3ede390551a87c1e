/**
 * What must be the same in all processes of a house, such as the secret that signs tokens: a
 * process that differs is refused at its start, while others run that agree.
 */
import { createHash } from 'node:crypto'
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

/**
 * Rejects with `ProcessesDiffer` when running processes have another secret. A hash of it alone
 * leaves the process. The result ends the agreement of this process.
 */
export async function agreeOnSecret(
  { commands }: Pick<RedisLink, 'commands'>,
  secret: Uint8Array,
): Promise<() => void> {
  const hash = createHash('sha256').update('odeon agreement').update(secret).digest('hex')
  const ask = () => commands.eval(agree, 1, 'odeon.agreed.secret', hash, agreementLimits.keptMs)
  if ((await ask()) !== hash) {
    throw new ProcessesDiffer(
      'JWT_SECRET: expected the same as in the other processes of this house. Set it for all of ' +
        'them, or let all keep it in one DATA_DIR. Stop the others first to change it.',
    )
  }
  // Without Redis it is kept by the next round.
  const timer = setInterval(() => void ask().catch(() => undefined), agreementLimits.renewEveryMs)
  return () => clearInterval(timer)
}
