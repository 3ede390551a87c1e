/** The voices of a room, listened to for as long as the page is open and they can be had. */
import type { AudioConnection, RoomMedia } from '@odeon/sdk'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'

export interface SoundView {
  status: RoomMedia['status']
  isSoundBlocked: boolean
  /** The room lets you send a voice now. */
  isGranted: boolean
  /** This window sends one, muted or not. */
  isSent: boolean
  /** In a click: lets the browser play. */
  unblock: () => void
  /** The listener stopped it, on a locked screen or a headset. */
  isPaused: boolean
  pause: (isPaused: boolean) => void
}

export function useSound({ media }: AudioConnection, isWanted: boolean): SoundView {
  useEffect(() => {
    if (!isWanted) return undefined
    // Whatever comes of it is in its status.
    void media.listen().catch(() => undefined)
    return () => void media.leave()
  }, [media, isWanted])

  const [isPaused, setPaused] = useState(false)
  const pause = useCallback(
    (holds: boolean) => {
      media.volume = holds ? 0 : 1
      if (!holds) void media.unblockSound()
      setPaused(holds)
    },
    [media],
  )
  const subscribe = useCallback((call: () => void) => media.on('changed', call), [media])
  // One string a view, so that React can tell whether anything changed.
  const facts = useSyncExternalStore(subscribe, () => {
    const { status, isSoundBlocked, granted, sending } = media
    return [status, isSoundBlocked, granted.has('microphone'), sending.has('microphone')].join()
  })
  return useMemo(() => {
    void facts
    return {
      status: media.status,
      isSoundBlocked: media.isSoundBlocked,
      isGranted: media.granted.has('microphone'),
      isSent: media.sending.has('microphone'),
      unblock: () => void media.unblockSound(),
      isPaused,
      pause,
    }
  }, [media, facts, isPaused, pause])
}
