/** Before the stage: how one looks and sounds, in which devices, and the step up. */
import { Video } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { errorText } from '../frame/refusal-text.ts'
import { clockOf } from '../frame/clock.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { Avatar } from '../stage/avatar.tsx'
import { DevicePanel } from '../studio/device-panel.tsx'
import { useHearing } from '../studio/devices/level-meter.tsx'
import type { AirView, OnAir } from '../studio/on-air.ts'
import { StudioControls } from '../studio/studio-controls.tsx'
import { OwnPicture } from '../studio/studio-pictures.tsx'
import { useLevelSource } from '../studio/use-level-source.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { Invitation } from './guest-desk.tsx'

interface GreenRoomProps {
  air: OnAir
  view: AirView
  /** Undefined where anybody, or this person, may come up unasked. */
  invitation: Invitation | undefined
  onStay: () => void
}

export function GreenRoom({ air, view, invitation, onStay }: GreenRoomProps) {
  const { t } = useTranslation()
  const { room } = air
  const { step, by, isBusy, failed, setFailed } = useStepUp(air, view)
  const stay = () => {
    onStay()
    if (invitation) room.floor.decline().catch((error: unknown) => setFailed(errorText(t, error)))
  }
  return (
    <ModalOverlay
      className="scrim"
      isOpen
      isKeyboardDismissDisabled={invitation !== undefined}
      onOpenChange={(isStillOpen) => {
        if (!isStillOpen) stay()
      }}
    >
      <Modal className="dialog-card green-room">
        <Dialog className="dialog" role={invitation ? 'alertdialog' : 'dialog'}>
          <Heading slot="title">{t(invitation ? 'guest.invited' : 'guest.join')}</Heading>
          {invitation ? (
            <InvitedBy room={room} by={invitation.by} until={invitation.until} />
          ) : (
            <p className="dim">{t('guest.look')}</p>
          )}
          <Mirror air={air} view={view} />
          <GreenDevices air={air} view={view} />
          {failed ? (
            <p className="notice notice-bad" role="alert">
              {failed}
            </p>
          ) : null}
          <div className="dialog-actions">
            <Button className="button button-plain" onPress={stay}>
              {t('floor.invitation.decline')}
            </Button>
            <Button className="button button-primary" onPress={() => void step()}>
              <Video size={18} aria-hidden="true" />
              {isBusy ? `${t('guest.joining')}…` : t(`guest.joins.${by}`)}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

type InvitedByProps = Pick<Invitation, 'by' | 'until'> & { room: OnAir['room'] }

function InvitedBy({ room, by, until }: InvitedByProps) {
  const { t } = useTranslation()
  const now = useRoomNow(room, 1_000)
  return (
    <div>
      <p className="dim">{t('guest.invitedBy', { name: by })}</p>
      <p className="dim figures" role="timer">
        {t('floor.invitation.until', { time: clockOf(until - now) })}
      </p>
    </div>
  )
}

function Mirror({ air, view }: { air: OnAir; view: AirView }) {
  const { t } = useTranslation()
  const { id, name } = air.room.you
  return (
    <div className="green-mirror">
      {view.camera.stream ? (
        <OwnPicture stream={view.camera.stream} />
      ) : (
        <Avatar id={id} name={name} size={88} />
      )}
      <p className="fact">{t('studio.onlyYou')}</p>
      <div className="green-switches">
        <StudioControls air={air} view={view} isInDialog />
      </div>
    </div>
  )
}

function GreenDevices({ air, view }: { air: OnAir; view: AirView }) {
  const hearing = useHearing(useLevelSource(air, view))
  return <DevicePanel air={air} view={view} hearing={hearing} />
}

type JoinBy = 'camera' | 'voice' | 'without' | 'unasked'

/** What one would be seen and heard by now; devices that were never opened are asked for. */
function joinBy({ camera, microphone }: AirView, wasAsked: boolean): JoinBy {
  if (camera.status === 'on') return 'camera'
  if (microphone.status === 'on') return 'voice'
  return wasAsked ? 'without' : 'unasked'
}

/** The browser is asked first, so that a no is known before a seat is taken. */
function useStepUp(air: OnAir, view: AirView) {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const [wasAsked, setAsked] = useState(false)
  const [failed, setFailed] = useState<string>()
  const isAsked = view.camera.status !== 'off' || view.microphone.status !== 'off'
  useEffect(() => {
    if (isAsked) setAsked(true)
  }, [isAsked])
  const by = joinBy(view, wasAsked)
  const step = async () => {
    if (isBusy) return
    setBusy(true)
    setFailed(undefined)
    try {
      if (by === 'unasked') {
        await air.openBoth()
        if (joinBy(air.view(), true) === 'without') return
      }
      const { wanted } = air
      await air.room.floor.sit()
      await air.resume(wanted)
    } catch (error) {
      setFailed(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  return { step, by, isBusy, failed, setFailed }
}
