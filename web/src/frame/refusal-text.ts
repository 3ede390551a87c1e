/** Turns what the SDK threw into a sentence: ours where we have one, the server's otherwise. */
import { type Problem, type ProblemCode, Refusal, Unavailable } from '@odeon/sdk'
import { en } from '../text/en.ts'
import type { TFunction } from '../text/use-translation.ts'

interface Refused {
  code: string
  message: string
  retryAfterMs?: number | undefined
  problems?: Readonly<Record<string, Problem>> | undefined
}

type Known = Exclude<keyof typeof en.refusal, 'rate_limited'>

/** What only a mistake of the page can cause: nobody could mend it by other words. */
const ownMistakes: ReadonlySet<ProblemCode> = new Set([
  'missing',
  'unknown',
  'wrong_kind',
  'wrong_form',
  'not_valid',
])

export function refusalText(t: TFunction, refused: Refused): string {
  const { code, message, retryAfterMs, problems = {} } = refused
  if (code === 'rate_limited') {
    if (!retryAfterMs) return t('refusal.rate_limited_plain')
    const seconds = Math.ceil(retryAfterMs / 1_000)
    const time =
      seconds < 90
        ? t('time.seconds', { count: seconds })
        : t('time.minutes', { count: Math.ceil(seconds / 60) })
    return t('refusal.rate_limited', { time })
  }
  const mendable = Object.values(problems).find((problem) => !ownMistakes.has(problem.code))
  if (code === 'invalid' && mendable) return problemText(t, mendable)
  if (code in en.refusal) return t(`refusal.${code as Known}`)
  if (code in en.rejected) return t(`rejected.${code as keyof typeof en.rejected}`)
  // A server newer than this page.
  return message
}

export function errorText(t: TFunction, error: unknown): string {
  if (error instanceof Refusal) return refusalText(t, error)
  if (error instanceof Unavailable && error.reason !== 'server') return t('refusal.offline')
  return t('refusal.unavailable')
}

function problemText(t: TFunction, { code, ...figures }: Problem): string {
  if (!(code in en.problem)) return t('problem.not_valid')
  return t(`problem.${code}`, figures)
}

/** What was wrong with which field, when the server said so. */
export function fieldErrors(t: TFunction, error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Refusal)) return {}
  const { fields = {}, problems = {} } = error
  return Object.fromEntries(
    Object.entries(fields).map(([field, sentence]) => {
      const problem = problems[field]
      return [field, problem ? problemText(t, problem) : sentence]
    }),
  )
}
