/** The noes of publishing that are said here, before anything is asked of the media server. */
import { Refusal } from '../refusal.ts'

/** English texts by code; a page may have its own. */
export const mediaDeviceRefusals = {
  not_granted: 'You have no seat that lets you send this.',
  no_device: 'No camera or microphone was found.',
  device_denied: 'The browser was not allowed to use it.',
  device_busy: 'Another program is using it.',
  insecure_page: 'Cameras and microphones need a secure page, https.',
  media_unsupported: 'Picture and sound need a browser with WebRTC.',
} as const
export type MediaDeviceRefusalCode = keyof typeof mediaDeviceRefusals

export function refuseMedia(code: MediaDeviceRefusalCode): never {
  throw new Refusal({ code, message: mediaDeviceRefusals[code] })
}

/** By the names browsers give to why a device was not had. */
const codes: Readonly<Record<string, MediaDeviceRefusalCode>> = {
  NotAllowedError: 'device_denied',
  PermissionDeniedError: 'device_denied',
  SecurityError: 'device_denied',
  NotFoundError: 'no_device',
  DevicesNotFoundError: 'no_device',
  OverconstrainedError: 'no_device',
  NotReadableError: 'device_busy',
  TrackStartError: 'device_busy',
  AbortError: 'device_busy',
}

/** What a browser threw when it was asked for a device, as a refusal; anything else as it was. */
export function deviceRefusal(error: unknown): unknown {
  const code = error instanceof Error ? codes[error.name] : undefined
  return code ? new Refusal({ code, message: mediaDeviceRefusals[code], about: error }) : error
}

/** Refuses where no camera or microphone can be asked for at all. */
export function demandDevices(): void {
  demandWebRtc()
  // Browsers leave it out on pages that are not secure.
  if (navigator.mediaDevices === undefined) refuseMedia('insecure_page')
}

export function demandWebRtc(): void {
  if (typeof RTCPeerConnection === 'undefined') refuseMedia('media_unsupported')
}
