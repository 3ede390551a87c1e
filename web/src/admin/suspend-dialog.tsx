/** Asks once before somebody is suspended, says what ends, and takes the reason. */
import { moderationLimits } from '@odeon/rooms/protocol'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'

interface SuspendDialogProps {
  name: string
  onClose: () => void
  onDone: (reason: string) => void
}

export function SuspendDialog({ name, onClose, onDone }: SuspendDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDone(reason.trim())
    onClose()
  }
  return (
    <DialogCard
      title={t('people.suspendTitle', { name })}
      text={t('people.suspendText')}
      isAlert
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        <label className="field">
          <span className="field-label">{t('people.reason')}</span>
          <span className="field-box">
            <input
              className="field-input"
              value={reason}
              maxLength={moderationLimits.reasonCharsMax}
              autoFocus
              onChange={(event) => setReason(event.target.value)}
            />
          </span>
        </label>
        <div className="dialog-actions">
          <Button className="button button-plain" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <button type="submit" className="button button-live">
            {t('people.suspend')}
          </button>
        </div>
      </form>
    </DialogCard>
  )
}
