/** The switches of one's own picture and sound, by button and by key, before and on the air. */
import { Mic, MicOff, MonitorUp, MonitorX, SwitchCamera, Video, VideoOff } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useLatest } from '../chat/use-latest.ts'
import { useMedia } from '../frame/use-media.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { DeviceKind } from './devices/device-options.ts'
import type { AirView, OnAir } from './on-air.ts'

/** Whether it reaches, or would reach, the others now. */
export function isOpen(view: AirView, kind: 'camera' | 'microphone'): boolean {
  if (!view.isOnAir) return view[kind].status === 'on'
  return view.sending.has(kind) && !view.self?.muted.has(kind)
}

interface StudioControlsProps {
  air: OnAir
  view: AirView
  /** In place of what the switches of camera and microphone do. */
  onToggle?: (kind: DeviceKind) => void
  /** Keys work within the dialog they stand in. */
  isInDialog?: boolean
}

export function StudioControls({ air, view, onToggle, isInDialog = false }: StudioControlsProps) {
  const { t } = useTranslation()
  const isTouch = useMedia('(pointer: coarse)')
  const isShared = view.sending.has('screen_share')
  const mayShare = view.isOnAir && 'getDisplayMedia' in (navigator.mediaDevices ?? {})
  const toggle = onToggle ?? ((kind: DeviceKind) => void air.toggle(kind))
  const acts = {
    KeyM: () => toggle('microphone'),
    KeyC: () => toggle('camera'),
    KeyS: () => void (mayShare && air.toggleScreen()),
  }
  useAirKeys(acts, isInDialog)
  const hasTwoCameras = view.camera.options.length > 1
  return (
    <div className="air-controls" role="group" aria-label={t('studio.controls')}>
      <AirSwitch
        name={t('devices.microphone')}
        letter="M"
        isOn={isOpen(view, 'microphone')}
        onPress={() => toggle('microphone')}
      >
        {isOpen(view, 'microphone') ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
      </AirSwitch>
      <AirSwitch
        name={t('devices.camera')}
        letter="C"
        isOn={isOpen(view, 'camera')}
        onPress={() => toggle('camera')}
      >
        {isOpen(view, 'camera') ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
      </AirSwitch>
      {isTouch && hasTwoCameras ? (
        <button
          type="button"
          className="button air-switch"
          aria-label={t('studio.flip')}
          title={t('studio.flip')}
          onClick={() => void air.turnRound()}
        >
          <SwitchCamera aria-hidden="true" />
        </button>
      ) : null}
      {mayShare ? (
        <AirSwitch
          name={t('studio.screen')}
          letter="S"
          isOn={isShared}
          isQuiet
          onPress={() => void air.toggleScreen()}
        >
          {isShared ? <MonitorX aria-hidden="true" /> : <MonitorUp aria-hidden="true" />}
        </AirSwitch>
      ) : null}
    </div>
  )
}

interface AirSwitchProps {
  name: string
  letter: string
  isOn: boolean
  /** Off is nothing to be warned of. */
  isQuiet?: boolean
  onPress: () => void
  children: ReactNode
}

function AirSwitch({ name, letter, isOn, isQuiet = false, onPress, children }: AirSwitchProps) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="button air-switch"
      aria-label={name}
      aria-pressed={isOn}
      aria-keyshortcuts={isApple ? `Control+Alt+${letter}` : `Alt+${letter}`}
      title={t('studio.keys', { name, keys: isApple ? `⌃⌥${letter}` : `Alt ${letter}` })}
      data-quiet={isQuiet || undefined}
      onClick={onPress}
    >
      {children}
    </button>
  )
}

/** There Alt with a letter writes another letter, so that Control is held with it. */
const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** With Alt, so that they work while somebody writes and never by mistake; not in other dialogs. */
function useAirKeys(acts: Readonly<Record<string, () => void>>, isInDialog: boolean): void {
  const latest = useLatest(acts)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey !== isApple || event.metaKey || event.repeat) return
      const isWithin = event.target instanceof Element && event.target.closest('[role*="dialog"]')
      if (isWithin && !isInDialog) return
      const act = latest.current[event.code]
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [latest, isInDialog])
}
