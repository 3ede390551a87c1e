/**
 * Why something was flagged or decided, in words. What the scorer found and what people report
 * by comes as a code of a closed list; what a person wrote stays as they wrote it.
 */
import { reportReasons, scoreCategories } from '@odeon/rooms/protocol'
import type { TFunction } from '../text/use-translation.ts'

export function reasonText(t: TFunction, reason: string): string {
  const known = [...reportReasons, ...scoreCategories].find((name) => name === reason)
  return known ? t(`flagReasons.${known}`) : reason
}
