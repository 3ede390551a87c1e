/** On the stage: one's switches, how long the turn is, and the way down. */
import { LogOut, VolumeX } from 'lucide-react'
import { errorText } from '../frame/refusal-text.ts'
import { TurnClock, TurnSoon } from '../floor/turn-clock.tsx'
import { useRoomState } from '../live/use-room-state.ts'
import { airMemory } from '../studio/air-memory.ts'
import { NotCarried } from '../studio/broadcast.ts'
import type { DeviceKind } from '../studio/devices/device-options.ts'
import type { AirView, OnAir } from '../studio/on-air.ts'
import { StudioControls } from '../studio/studio-controls.tsx'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import { useState } from 'react'

interface GuestBarProps {
  air: OnAir
  view: AirView
}

export function GuestBar({ air, view }: GuestBarProps) {
  const { t } = useTranslation()
  const { room } = air
  const { id } = room.you
  const isSilenced = useRoomState(
    room,
    (state) => state.floor?.speakers.get(id)?.isSilenced ?? false,
  )
  const turnUntil = useRoomState(room, (state) => state.floor?.speakers.get(id)?.turnUntil ?? 0)
  const isElsewhere = !view.isOnAir && view.busy === null && (view.self?.sources.size ?? 0) > 0
  const [left, setLeft] = useState<string>()
  const failed = left ?? (view.failed ? failedText(t, view.failed.error) : undefined)
  const leave = async () => {
    airMemory.forget()
    await air.stepDown()
    await room.floor.stand().catch((error: unknown) => setLeft(errorText(t, error)))
  }
  return (
    <>
      <div className="guest-bar" role="group" aria-label={t('guest.onStage')}>
        {turnUntil > 0 ? <TurnClock room={room} until={turnUntil} /> : null}
        <StudioControls air={air} view={view} onToggle={(kind) => void send(air, view, kind)} />
        <button
          type="button"
          className="button air-switch guest-leave"
          aria-label={t('guest.leave')}
          title={t('guest.leave')}
          onClick={() => void leave()}
        >
          <LogOut aria-hidden="true" />
        </button>
      </div>
      <div role="status">
        {isSilenced ? (
          <p className="guest-said">
            <VolumeX size={16} aria-hidden="true" />
            {t('floor.youAreSilenced')}
          </p>
        ) : null}
        {isElsewhere ? <p className="guest-said">{t('guest.elsewhere')}</p> : null}
      </div>
      <TurnSoon room={room} until={turnUntil} />
      {failed ? (
        <p className="guest-said" data-bad role="alert">
          {failed}
        </p>
      ) : null}
    </>
  )
}

/** On the stage a switch sends, also the first one. */
function send(air: OnAir, view: AirView, kind: DeviceKind): Promise<void> {
  if (view.isOnAir) return air.toggle(kind)
  const { deviceId } = view[kind]
  return air.resume({ camera: null, microphone: null, [kind]: deviceId })
}

function failedText(t: TFunction, error: unknown): string {
  return error instanceof NotCarried ? t('studio.notCarried') : errorText(t, error)
}
