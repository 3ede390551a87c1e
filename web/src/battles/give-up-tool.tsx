/** Gives a battle up, after saying what that means. */
import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from '../text/use-translation.ts'

interface GiveUpToolProps {
  isBusy: boolean
  onGiveUp: () => void
  icon: ReactNode
}

export function GiveUpTool({ isBusy, onGiveUp, icon }: GiveUpToolProps) {
  const { t } = useTranslation()
  return (
    <DialogTrigger>
      <Button className="button button-plain" isDisabled={isBusy}>
        {icon}
        {t('battle.giveUp')}
      </Button>
      <ModalOverlay className="scrim" isDismissable>
        <Modal className="dialog-card">
          <Dialog className="dialog" role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title">{t('battle.giveUpTitle')}</Heading>
                <p className="dim">{t('battle.giveUpText')}</p>
                <div className="dialog-actions">
                  <Button className="button button-plain" autoFocus onPress={close}>
                    {t('battle.goOn')}
                  </Button>
                  <Button
                    className="button button-live"
                    onPress={() => {
                      close()
                      onGiveUp()
                    }}
                  >
                    {t('battle.giveUp')}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
