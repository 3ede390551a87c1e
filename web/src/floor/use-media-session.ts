/**
 * What a locked screen or a headset shows and does: the room's name, pausing, mute, and leaving. A
 * platform that has no such thing, or not this action, is left as it is.
 */
import { pictureAt } from '@odeon/sdk'
import { useEffect } from 'react'
import { useLatest } from '../chat/use-latest.ts'
import type { Voice } from './use-voice.ts'

interface Playing {
  title: string
  hostName: string
  /** Path of the channel's picture, or empty. */
  picture: string
}

type Action = MediaSessionAction | 'togglemicrophone' | 'hangup'

export function useMediaSession(
  { title, hostName, picture }: Playing,
  voice: Voice | undefined,
  onLeave: () => void,
): void {
  const latest = useLatest({ voice, onLeave })
  const isOn = voice?.sound.status === 'on'
  const isOpen = voice?.isOpen ?? false
  const isPaused = voice?.sound.isPaused ?? false

  useEffect(() => {
    const { mediaSession } = navigator
    if (!mediaSession || !isOn) return undefined
    const artwork = picture ? [{ src: pictureAt(picture, 256), sizes: '256x256' }] : []
    mediaSession.metadata = new MediaMetadata({ title, artist: hostName, album: 'Odeon', artwork })
    const actions: [Action, () => void][] = [
      // Live: what was said meanwhile is over, and whoever comes back hears what is said then.
      ['pause', () => latest.current.voice?.sound.pause(true)],
      ['play', () => latest.current.voice?.sound.pause(false)],
      ['togglemicrophone', () => latest.current.voice?.toggle()],
      ['hangup', () => latest.current.onLeave()],
      ['stop', () => latest.current.onLeave()],
    ]
    for (const [action, call] of actions) handle(action, call)
    return () => {
      mediaSession.metadata = null
      mediaSession.playbackState = 'none'
      for (const [action] of actions) handle(action, null)
    }
  }, [title, hostName, picture, isOn, latest])

  useEffect(() => {
    if (isOn && navigator.mediaSession) {
      navigator.mediaSession.playbackState = isPaused ? 'paused' : 'playing'
    }
  }, [isOn, isPaused])

  useEffect(() => {
    const session = navigator.mediaSession as
      | (MediaSession & { setMicrophoneActive?: (isActive: boolean) => unknown })
      | undefined
    void session?.setMicrophoneActive?.(isOpen)
  }, [isOpen])
}

function handle(action: Action, call: (() => void) | null): void {
  try {
    navigator.mediaSession.setActionHandler(action as MediaSessionAction, call)
  } catch {
    // This platform has no such action: its own buttons are not ours to make.
  }
}
