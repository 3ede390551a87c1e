/** Which camera and microphone, how loud the microphone is, and what to do where there is none. */
import { Video } from 'lucide-react'
import type { ReactNode } from 'react'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import type { DeviceKind } from './devices/device-options.ts'
import { DeviceSelect, DeviceTroubleNote } from './devices/device-select.tsx'
import { LevelMeter, type useHearing } from './devices/level-meter.tsx'
import type { Heard } from './devices/loudness.ts'
import type { AirView, OnAir } from './on-air.ts'

interface DevicePanelProps {
  air: OnAir
  view: AirView
  hearing: ReturnType<typeof useHearing>
}

export function DevicePanel({ air, view, hearing }: DevicePanelProps) {
  const { t } = useTranslation()
  const isUnasked =
    !view.isOnAir && view.camera.status === 'off' && view.microphone.status === 'off'
  const isAsking = view.camera.status === 'asking' || view.microphone.status === 'asking'
  return (
    <section className="desk-panel device-panel" aria-labelledby="studio-devices">
      <h2 id="studio-devices">{t('studio.devices')}</h2>
      {isUnasked ? (
        <div className="device-ask">
          <p className="dim">{t('studio.devicesText')}</p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => void air.openBoth()}
          >
            <Video size={18} aria-hidden="true" />
            {t('studio.openDevices')}
          </button>
        </div>
      ) : null}
      {isAsking ? (
        <p className="dim" role="status">
          {t('studio.asking')}
        </p>
      ) : null}
      <div className="device-pair">
        <Device kind="camera" air={air} view={view} />
        <Device kind="microphone" air={air} view={view}>
          <LevelMeter hearing={hearing}>{micWords(view, hearing.heard, t)}</LevelMeter>
        </Device>
      </div>
    </section>
  )
}

/** Said in place of what is heard while there is nothing to hear. */
function micWords(view: AirView, heard: Heard, t: TFunction): string | undefined {
  if (!view.isOnAir) return view.microphone.status === 'on' ? undefined : t('devices.micOff')
  if (!view.sending.has('microphone')) return t('devices.micOff')
  if (view.self?.muted.has('microphone')) return t('devices.micMuted')
  // Whoever listens to a guest says nothing: no false alarm on the air.
  return heard === 'heard' ? undefined : t('devices.micOn')
}

interface DeviceProps {
  kind: DeviceKind
  air: OnAir
  view: AirView
  children?: ReactNode
}

function Device({ kind, air, view, children }: DeviceProps) {
  const { options, deviceId, trouble } = view[kind]
  return (
    <div className="device">
      <DeviceSelect
        kind={kind}
        options={options}
        deviceId={deviceId}
        onChoose={(id) => void air.choose(kind, id)}
      />
      {trouble ? (
        <DeviceTroubleNote kind={kind} trouble={trouble} onAgain={() => void air[kind].open()} />
      ) : (
        children
      )}
    </div>
  )
}
