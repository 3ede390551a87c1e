/** The microphone one speaks into: which it is, and how loud it hears. */
import { SlidersHorizontal } from 'lucide-react'
import { useMemo } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { DeviceSelect } from '../studio/devices/device-select.tsx'
import { LevelMeter, type LevelSource, useHearing } from '../studio/devices/level-meter.tsx'
import { loudnessOf } from '../studio/devices/loudness.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { FloorView } from './use-floor.ts'
import type { Voice } from './use-voice.ts'

interface MicrophoneProps {
  view: FloorView
  voice: Voice
}

export function MicrophoneTool(props: MicrophoneProps) {
  const { t } = useTranslation()
  const label = t('floor.microphone.title')
  return (
    <DialogTrigger>
      <Button className="floor-tool" aria-label={label}>
        <SlidersHorizontal size={20} aria-hidden="true" />
      </Button>
      <Popover className="menu-popover floor-popover" placement="top" offset={12}>
        <Dialog className="floor-dialog" aria-label={label}>
          <MicrophonePanel {...props} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function MicrophonePanel({ view: { room }, voice }: MicrophoneProps) {
  const { t } = useTranslation()
  const { isOpen, isHere, choice } = voice
  const { media } = room
  const source = useMemo<LevelSource | null>(
    () => (isOpen ? (hear) => media.onLevel((level) => hear(loudnessOf(level))) : null),
    [media, isOpen],
  )
  const hearing = useHearing(source)
  const silence = isHere ? t('devices.micMuted') : t('devices.micOff')
  return (
    <div className="microphone">
      <DeviceSelect
        kind="microphone"
        options={choice.options}
        deviceId={choice.deviceId}
        onChoose={voice.choose}
      />
      <LevelMeter hearing={hearing}>{isOpen ? undefined : silence}</LevelMeter>
      <p className="field-hint microphone-keys">{t('floor.keys')}</p>
    </div>
  )
}
