/** Asks once before somebody is banned or warned, with room for the reason they will read. */
import { moderationLimits } from '@odeon/rooms/protocol'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'

interface ReasonDialogProps {
  kind: 'ban' | 'warn'
  name: string
  onClose: () => void
  onDone: (reason: string) => void
}

export function ReasonDialog({ kind, name, onClose, onDone }: ReasonDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const title = kind === 'ban' ? t('person.banTitle', { name }) : t('person.warnTitle', { name })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDone(reason.trim())
    onClose()
  }
  return (
    <DialogCard
      title={title}
      text={kind === 'ban' ? t('person.banText') : t('person.warnText')}
      isAlert
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        <label className="field">
          <span className="field-label">{t('person.reason')}</span>
          <span className="field-box">
            <input
              className="field-input"
              value={reason}
              maxLength={moderationLimits.reasonCharsMax}
              autoFocus
              onChange={(event) => setReason(event.target.value)}
            />
          </span>
          <span className="field-hint">
            {t('person.reasonHint', { count: moderationLimits.reasonCharsMax })}
          </span>
        </label>
        <div className="dialog-actions">
          <Button className="button button-plain" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <button
            type="submit"
            className={kind === 'ban' ? 'button button-live' : 'button button-primary'}
          >
            {kind === 'ban' ? t('person.ban') : t('person.warn')}
          </button>
        </div>
      </form>
    </DialogCard>
  )
}
