/** Why something was flagged, in words; what the scorer finds is named as it names it. */
import { reportReasons } from '@odeon/rooms/protocol'
import { useTranslation } from '../text/use-translation.ts'

export function useReasonText(): (reason: string) => string {
  const { t } = useTranslation()
  return (reason) => {
    const known = reportReasons.find((name) => name === reason)
    return known ? t(`flagReasons.${known}`) : reason.replaceAll('_', ' ')
  }
}
