/** What somebody is told of the error that ended a load run. */
import { Refusal } from '@odeon/sdk'

const limitsSignIns = 'The server limits sign-ins: start it with RATE_LIMIT_FACTOR=1000000'

export function faultSaid(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!(error instanceof Refusal) || error.code !== 'rate_limited') return error.message
  const { retryAfterMs } = error
  if (retryAfterMs === undefined) return `${limitsSignIns}.`
  return `${limitsSignIns}, or try again in ${waitSaid(retryAfterMs)}.`
}

function waitSaid(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  const [count, unit] = seconds > 90 ? [Math.ceil(seconds / 60), 'minute'] : [seconds, 'second']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
