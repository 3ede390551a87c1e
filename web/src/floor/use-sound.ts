/** The voices of a room, listened to for as long as the page is open and they can be had. */
import type { AudioConnection } from '@odeon/sdk'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { soundOf } from './room-sound.ts'

export interface SoundView {
  status: 'off' | 'connecting' | 'on' | 'reconnecting' | 'unavailable'
  isSoundBlocked: boolean
  /** The room lets you send a voice now. */
  isGranted: boolean
  /** This window sends one, muted or not. */
  isSent: boolean
  /** In a click: lets the browser play. */
  unblock: () => void
}

const silence = { status: 'off', isSoundBlocked: false, isGranted: false, isSent: false } as const
const never = () => () => undefined

export function useSound(room: AudioConnection, isWanted: boolean): SoundView {
  const media = soundOf(room)
  useEffect(() => {
    if (!media || !isWanted) return undefined
    // Whatever comes of it is in its status.
    void media.listen().catch(() => undefined)
    return () => void media.leave()
  }, [media, isWanted])

  // One string a view, so that React can tell whether anything changed.
  const facts = useSyncExternalStore(media ? (call) => media.on('changed', call) : never, () => {
    if (!media) return ''
    const { status, isSoundBlocked, granted, sending } = media
    return [status, isSoundBlocked, granted.has('microphone'), sending.has('microphone')].join()
  })
  return useMemo(() => {
    void facts
    const unblock = () => void media?.unblockSound()
    if (!media) return { ...silence, unblock }
    return {
      status: media.status,
      isSoundBlocked: media.isSoundBlocked,
      isGranted: media.granted.has('microphone'),
      isSent: media.sending.has('microphone'),
      unblock,
    }
  }, [media, facts])
}
