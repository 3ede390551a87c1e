/** Below a form with changes: save them, or ask before they are lost. */
import { Button } from 'react-aria-components'
import { DialogCard } from '../../frame/dialog-card.tsx'
import { useTranslation } from '../../text/use-translation.ts'
import { useUnsaved } from './use-change.ts'

interface SaveBarProps {
  isDirty: boolean
  isBusy: boolean
  isSaved: boolean
  failed: string | undefined
}

export function SaveBar({ isDirty, isBusy, isSaved, failed }: SaveBarProps) {
  const { t } = useTranslation()
  const said = isBusy ? t('auth.working') : isSaved && !isDirty ? t('settings.saved') : ''
  return (
    <div className="save-bar">
      <button
        type="submit"
        className="button button-primary"
        aria-disabled={isBusy || !isDirty || undefined}
      >
        {t('settings.save')}
      </button>
      <p className="dim" role="status">
        {isDirty && !isBusy ? t('owner.unsaved') : said}
      </p>
      {failed ? (
        <p className="notice notice-bad" role="alert">
          {failed}
        </p>
      ) : null}
      <AskFirst isDirty={isDirty} />
    </div>
  )
}

function AskFirst({ isDirty }: { isDirty: boolean }) {
  const { t } = useTranslation()
  const { status, proceed, reset } = useUnsaved(isDirty)
  return (
    <DialogCard
      title={t('owner.leaveTitle')}
      text={t('owner.leaveText')}
      isAlert
      isOpen={status === 'blocked'}
      onClose={() => reset?.()}
    >
      <div className="dialog-actions">
        <Button className="button button-plain" onPress={() => reset?.()} autoFocus>
          {t('owner.stay')}
        </Button>
        <Button className="button button-live" onPress={() => proceed?.()}>
          {t('owner.leave')}
        </Button>
      </div>
    </DialogCard>
  )
}
