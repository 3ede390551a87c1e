/** A warning from the crew or the house, until it was understood. */
import type { LiveConnection } from '@odeon/sdk'
import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { reasonText } from './reason-text.ts'

export function Warned({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const [warning, setWarning] = useState<{ reason: string | null }>()
  useEffect(() => room.on('moderation.warned', ({ reason }) => setWarning({ reason })), [room])
  if (!warning) return null
  const { reason } = warning
  return (
    <div className="warned" role="alert">
      <TriangleAlert size={18} aria-hidden="true" />
      <p>
        {reason
          ? t('sanction.warnedReason', { reason: reasonText(t, reason) })
          : t('sanction.warned')}
      </p>
      <button type="button" className="button button-plain" onClick={() => setWarning(undefined)}>
        {t('sanction.understood')}
      </button>
    </div>
  )
}
