/** Turns what the SDK threw into a sentence: ours where we have one, the server's otherwise. */
import { Refusal, Unavailable } from '@odeon/sdk'
import { en } from '../text/en.ts'
import type { TFunction } from '../text/use-translation.ts'

interface Refused {
  code: string
  message: string
  retryAfterMs?: number | undefined
}

type Known = keyof typeof en.refusal

export function refusalText(t: TFunction, refused: Refused): string {
  const { code, message, retryAfterMs } = refused
  if (code === 'rate_limited') {
    if (!retryAfterMs) return t('refusal.rate_limited_plain')
    const seconds = Math.ceil(retryAfterMs / 1_000)
    const time =
      seconds < 90
        ? t('time.seconds', { count: seconds })
        : t('time.minutes', { count: Math.ceil(seconds / 60) })
    return t('refusal.rate_limited', { time })
  }
  return code in en.refusal ? t(`refusal.${code as Exclude<Known, 'rate_limited'>}`) : message
}

export function errorText(t: TFunction, error: unknown): string {
  if (error instanceof Refusal) return refusalText(t, error)
  if (error instanceof Unavailable && error.reason !== 'server') return t('refusal.offline')
  return t('refusal.unavailable')
}

/** What was wrong with which field, when the server said so. */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  return error instanceof Refusal ? (error.fields ?? {}) : {}
}
