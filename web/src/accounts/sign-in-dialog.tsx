/** Signing in without leaving the page: opened from anywhere, closed by succeeding. */
import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session/use-session.ts'
import { type Way, WaysIn } from './ways-in.tsx'

let way: Way | null = null
const listeners = new Set<() => void>()

function set(next: Way | null): void {
  way = next
  for (const listener of listeners) listener()
}

export function openSignIn(next: Way): void {
  set(next)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function SignInDialog() {
  const { t } = useTranslation()
  const open = useSyncExternalStore(subscribe, () => way)
  const { me } = useSession()
  return (
    <ModalOverlay
      className="scrim"
      isOpen={open !== null}
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) set(null)
      }}
    >
      <Modal className="dialog-card">
        <Dialog className="dialog">
          <Heading slot="title">{open ? t(`auth.${open}Title`) : ''}</Heading>
          <Button
            className="button button-quiet button-icon dialog-close"
            slot="close"
            aria-label={t('app.close')}
          >
            <X size={20} aria-hidden="true" />
          </Button>
          {open ? (
            <WaysIn
              way={open}
              onWay={set}
              canBeGuest={me?.kind !== 'guest'}
              onDone={() => set(null)}
            />
          ) : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
