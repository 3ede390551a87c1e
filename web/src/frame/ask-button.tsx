/** A button whose work cannot be taken back, or reaches others: it says so and asks first. */
import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from '../text/use-translation.ts'

interface AskButtonProps {
  className?: string
  label?: string
  title: string
  text: ReactNode
  /** The word on the button that does it. */
  act: string
  /** The word on the other; Cancel. */
  stay?: string
  isDisabled?: boolean
  onAct: () => void
  children: ReactNode
}

export function AskButton(props: AskButtonProps) {
  const { className = 'button button-quiet', label, isDisabled = false, children } = props
  const { title, text, act, stay, onAct } = props
  const { t } = useTranslation()
  return (
    <DialogTrigger>
      <Button
        className={className}
        isDisabled={isDisabled}
        {...(label !== undefined && { 'aria-label': label })}
      >
        {children}
      </Button>
      <ModalOverlay className="scrim" isDismissable>
        <Modal className="dialog-card">
          <Dialog className="dialog" role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title">{title}</Heading>
                <p className="dim">{text}</p>
                <div className="dialog-actions">
                  <Button className="button button-plain" onPress={close} autoFocus>
                    {stay ?? t('app.cancel')}
                  </Button>
                  <Button
                    className="button button-live"
                    onPress={() => {
                      close()
                      onAct()
                    }}
                  >
                    {act}
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
