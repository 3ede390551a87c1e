/** The devices of one kind that the browser tells of. */
import type { MediaDevice, MediaDeviceType } from './media-shapes.ts'

const kinds: Readonly<Record<MediaDeviceType, MediaDeviceKind>> = {
  camera: 'videoinput',
  microphone: 'audioinput',
  speaker: 'audiooutput',
}

export async function listDevices(kind: MediaDeviceType): Promise<MediaDevice[]> {
  const all = await navigator.mediaDevices.enumerateDevices()
  return all
    .filter((device) => device.kind === kinds[kind])
    .map(({ deviceId, label }) => ({ deviceId, label }))
}
