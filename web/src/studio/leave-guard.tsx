/** Whoever would leave the desk while on the air is asked: their picture and sound would stop. */
import { useBlocker } from '@tanstack/react-router'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from '../text/use-translation.ts'
import { airMemory } from './air-memory.ts'

export function LeaveGuard({ isOnAir }: { isOnAir: boolean }) {
  const { t } = useTranslation()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isOnAir && current.pathname !== next.pathname,
    enableBeforeUnload: () => isOnAir,
    withResolver: true,
  })
  return (
    <ModalOverlay
      className="scrim"
      isDismissable
      isOpen={status === 'blocked'}
      onOpenChange={(isOpen) => {
        if (!isOpen) reset?.()
      }}
    >
      <Modal className="dialog-card">
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title">{t('studio.leaveTitle')}</Heading>
          <p className="dim">{t('studio.leaveText')}</p>
          <div className="dialog-actions">
            <Button className="button button-plain" autoFocus onPress={() => reset?.()}>
              {t('studio.leaveNo')}
            </Button>
            <Button
              className="button button-live"
              onPress={() => {
                airMemory.forget()
                proceed?.()
              }}
            >
              {t('studio.leaveYes')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
