/** Opens the crew's desk; says how many messages wait there. */
import { Shield } from 'lucide-react'
import { useTranslation } from '../text/use-translation.ts'
import type { CrewDesk } from './crew-desk.ts'
import { useDesk } from './desk-notice.tsx'

interface DeskButtonProps {
  desk: CrewDesk
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
}

export function DeskButton({ desk, isOpen, onToggle }: DeskButtonProps) {
  const { t } = useTranslation()
  useDesk(desk)
  const count = desk.held.length
  const label = count > 0 ? t('desk.openHeld', { count }) : t('desk.open')
  return (
    <button
      type="button"
      className="button button-quiet button-icon desk-button"
      aria-label={label}
      title={label}
      aria-expanded={isOpen}
      onClick={() => onToggle(!isOpen)}
    >
      <Shield size={18} aria-hidden="true" />
      {count > 0 ? (
        <span className="desk-count figures" aria-hidden="true">
          {count}
        </span>
      ) : null}
    </button>
  )
}
