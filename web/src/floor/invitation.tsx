/** "You are invited to speak": a yes asks for the microphone first, then takes the seat. */
import { Mic } from 'lucide-react'
import { useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { clockOf } from '../frame/clock.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { useTranslation } from '../text/use-translation.ts'
import { askForMicrophone, type MicrophoneTrouble } from './own-voice.ts'
import type { FloorView } from './use-floor.ts'
import type { Voice } from './use-voice.ts'

export function InvitationDialog({ view, voice }: { view: FloorView; voice: Voice }) {
  const invitation = view.state.invitations.get(view.you.id)
  if (!invitation) return null
  const { by, until } = invitation
  return (
    <ModalOverlay className="scrim" isOpen>
      <Modal className="dialog-card">
        <Dialog className="dialog" role="alertdialog">
          <Invited by={by} until={until} view={view} voice={voice} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

interface InvitedProps {
  by: string
  /** Unix ms. */
  until: number
  view: FloorView
  voice: Voice
}

function Invited({ by, until, view, voice }: InvitedProps) {
  const { t } = useTranslation()
  const { floor, ask } = view
  const now = useRoomNow(view.room, 1_000)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<MicrophoneTrouble>()
  const accept = async () => {
    if (isBusy) return
    setBusy(true)
    const found = await askForMicrophone()
    setBusy(false)
    setTrouble(found)
    if (!found) ask(() => voice.sit())
  }
  return (
    <>
      <Heading slot="title">{t('floor.invitation.title')}</Heading>
      <p className="dim">{t('floor.invitation.text', { name: by })}</p>
      <p className="dim figures">{t('floor.invitation.until', { time: clockOf(until - now) })}</p>
      {trouble ? (
        <p className="notice notice-warn" role="alert">
          {t(`floor.microphone.${trouble}`)}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button className="button button-plain" onPress={() => ask(() => floor.decline())}>
          {t('floor.invitation.decline')}
        </Button>
        {trouble ? (
          <Button className="button button-plain" onPress={() => ask(() => voice.sit(true))}>
            {t('floor.invitation.without')}
          </Button>
        ) : null}
        <Button className="button button-primary" onPress={() => void accept()}>
          <Mic size={18} aria-hidden="true" />
          {isBusy ? `${t('floor.invitation.asking')}…` : t('floor.invitation.accept')}
        </Button>
      </div>
    </>
  )
}
