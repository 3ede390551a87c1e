/** Signing in without leaving the page: opened from anywhere, closed by succeeding. */
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useSession } from '../session/use-session.ts'
import { closeSignIn, openSignIn, returnFocus, useWay } from './open-sign-in.ts'
import { WaysIn } from './ways-in.tsx'
import { useTranslation } from '../text/use-translation.ts'

export function SignInDialog() {
  const { t } = useTranslation()
  const way = useWay()
  const { me } = useSession()
  return (
    <ModalOverlay
      className="scrim"
      isOpen={way !== null}
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) closeSignIn()
      }}
    >
      <Modal className="dialog-card">
        <Dialog className="dialog">
          <FocusReturn />
          <Heading slot="title">{way ? t(`auth.${way}Title`) : ''}</Heading>
          <Button
            className="button button-quiet button-icon dialog-close"
            slot="close"
            aria-label={t('app.close')}
          >
            <X size={20} aria-hidden="true" />
          </Button>
          {way ? (
            <WaysIn
              way={way}
              onWay={openSignIn}
              canBeGuest={me?.kind !== 'guest'}
              onDone={closeSignIn}
            />
          ) : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Gone with the dialog, after it has faded: then nobody else holds the focus any more. */
function FocusReturn() {
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) returnFocus()
      })
    },
    [],
  )
  return null
}
