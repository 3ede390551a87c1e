/** What is looked at of picture and sound before going live: what the devices really give. */
import type { FloorEncoder } from '@odeon/sdk'
import type { TFunction } from '../text/use-translation.ts'
import type { Heard } from './devices/loudness.ts'
import type { DeviceView } from './devices/local-device.ts'
import type { PictureFacts } from './use-picture-facts.ts'

export type CheckGrade = 'good' | 'warn' | 'bad' | 'wait'
export interface Check {
  name: string
  grade: CheckGrade
  text: string
}

export interface MediaFacts {
  camera: Pick<DeviceView, 'status' | 'trouble'>
  microphone: Pick<DeviceView, 'status' | 'trouble'>
  picture: PictureFacts
  heard: Heard
  /** `wait` until the way was tried. */
  way: 'good' | 'wait' | 'away'
  /** Undefined while none is known. */
  encoder: Pick<FloorEncoder, 'hasPicture' | 'hasSound'> | undefined
}

/** A camera that is open and shows nothing stands in the way: the host believes to be seen. */
export function mediaChecks(t: TFunction, facts: MediaFacts): Check[] {
  return [
    { name: t('studio.checks.camera'), ...cameraCheck(t, facts) },
    { name: t('studio.checks.microphone'), ...microphoneCheck(t, facts) },
    { name: t('studio.checks.media'), ...wayCheck(t, facts) },
  ]
}

type Finding = Omit<Check, 'name'>

function cameraCheck(t: TFunction, { camera, picture, encoder }: MediaFacts): Finding {
  const { status, trouble } = camera
  if (status !== 'on' && encoder?.hasPicture) {
    return { grade: 'good', text: t('studio.checks.cameraEncoder') }
  }
  if (trouble) return { grade: 'warn', text: t(`devices.trouble.camera.${trouble}`) }
  if (status === 'off') return { grade: 'warn', text: t('studio.checks.cameraOff') }
  if (status === 'asking') return { grade: 'wait', text: t('studio.asking') }
  if (picture.isMoving === false) return { grade: 'bad', text: t('studio.checks.cameraStill') }
  if (!picture.isMoving) return { grade: 'wait', text: t('studio.checks.cameraWait') }
  const { widthPx: width, heightPx: height } = picture
  return { grade: 'good', text: t('studio.checks.cameraGood', { width, height }) }
}

function microphoneCheck(t: TFunction, { microphone, heard, encoder }: MediaFacts): Finding {
  const { status, trouble } = microphone
  if (status !== 'on' && encoder?.hasSound) {
    return { grade: 'good', text: t('studio.checks.micEncoder') }
  }
  if (trouble) return { grade: 'warn', text: t(`devices.trouble.microphone.${trouble}`) }
  if (status === 'off') return { grade: 'warn', text: t('studio.checks.micOff') }
  if (status === 'asking') return { grade: 'wait', text: t('studio.asking') }
  const grade = ({ heard: 'good', waiting: 'wait', silent: 'warn' } as const)[heard]
  return { grade, text: t(`devices.heard.${heard}`) }
}

function wayCheck(t: TFunction, { way }: MediaFacts): Finding {
  if (way === 'good') return { grade: 'good', text: t('studio.checks.mediaGood') }
  if (way === 'wait') return { grade: 'wait', text: t('studio.checks.mediaWait') }
  return { grade: 'warn', text: t('studio.checks.mediaAway') }
}
