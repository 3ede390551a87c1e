/**
 * Your microphone in this window: open only where you turned it on, and only while the floor lets
 * you be heard. What is to be done next is decided in one place, whatever changed.
 */
export interface VoiceFacts {
  /** You turned the microphone on in this window; other windows of yours leave it alone. */
  isHere: boolean
  isMuted: boolean
  isSilenced: boolean
  /** The media are connected, and the room lets you send a voice. */
  isGranted: boolean
  /** This window sends it, muted or not. */
  isSent: boolean
  isSentMuted: boolean
}

export type VoiceStep = 'publish' | 'unpublish' | 'mute' | 'unmute' | undefined

export function nextStep(facts: VoiceFacts): VoiceStep {
  const { isHere, isMuted, isSilenced, isGranted, isSent, isSentMuted } = facts
  if (!isHere) return isSent ? 'unpublish' : undefined
  // Whoever is silenced is muted here; the media let the device go, and it is published again.
  const isOff = isMuted || isSilenced
  if (!isSent) return isOff || !isGranted ? undefined : 'publish'
  if (isOff === isSentMuted) return undefined
  if (isOff) return 'mute'
  return isGranted ? 'unmute' : undefined
}

export type MicrophoneTrouble = 'denied' | 'missing' | 'failed'

const troubles: Readonly<Record<string, MicrophoneTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  device_denied: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  no_device: 'missing',
}

/** Why there is no microphone: by a browser's name for it, or the code of a refusal. */
export function troubleOf(error: unknown): MicrophoneTrouble {
  const { name, code } = (error ?? {}) as { name?: string; code?: string | number }
  return troubles[code ?? ''] ?? troubles[name ?? ''] ?? 'failed'
}

/** Asks the browser for the microphone, so that a no is known before a seat is taken. */
export async function askForMicrophone(): Promise<MicrophoneTrouble | undefined> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    for (const track of stream.getTracks()) track.stop()
    return undefined
  } catch (error) {
    return troubleOf(error)
  }
}

const key = 'odeon.voice'

/** A window that is loaded again goes on where it was; a new one begins without microphone. */
export const keptVoice = {
  isOpenIn: (streamId: string) => sessionStorage.getItem(key) === streamId,
  open: (streamId: string) => sessionStorage.setItem(key, streamId),
  close: () => sessionStorage.removeItem(key),
}
