/** A card over the page that has the focus: a title, what it is about, and what one may do. */
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

interface DialogCardProps {
  title: ReactNode
  text?: ReactNode
  /** Read out at once: it asks something, or cannot be taken back. */
  isAlert?: boolean
  className?: string
  isOpen?: boolean
  /** Closed by the click beside it and by Escape unless something is on its way. */
  isBusy?: boolean
  onClose: () => void
  children: ReactNode
}

export function DialogCard(props: DialogCardProps) {
  const { title, text, isAlert = false, className = '', children } = props
  const { isOpen = true, isBusy = false, onClose } = props
  return (
    <ModalOverlay
      className="scrim"
      isOpen={isOpen}
      isDismissable={!isBusy}
      isKeyboardDismissDisabled={isBusy}
      onOpenChange={(isStillOpen) => {
        if (!isStillOpen) onClose()
      }}
    >
      <Modal className={`dialog-card ${className}`}>
        <Dialog className="dialog" role={isAlert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title">{title}</Heading>
          {text === undefined ? null : <p className="dim">{text}</p>}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
