/** Below a form with changes: save them, or ask before they are lost. */
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
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
    <ModalOverlay
      className="scrim"
      isOpen={status === 'blocked'}
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) reset?.()
      }}
    >
      <Modal className="dialog-card">
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title">{t('owner.leaveTitle')}</Heading>
          <p className="dim">{t('owner.leaveText')}</p>
          <div className="dialog-actions">
            <Button className="button button-plain" onPress={() => reset?.()} autoFocus>
              {t('owner.stay')}
            </Button>
            <Button className="button button-live" onPress={() => proceed?.()}>
              {t('owner.leave')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
