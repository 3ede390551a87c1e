/** The host's picture and sound for as long as the desk stands in one room. */
import type { LiveConnection } from '@odeon/sdk'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { airMemory } from './air-memory.ts'
import { type AirView, OnAir } from './on-air.ts'

export function useOnAir(room: LiveConnection): { air: OnAir; view: AirView } {
  const air = useMemo(() => new OnAir(room), [room])
  const view = useSyncExternalStore(air.subscribe, air.view)
  const phase = useRoomState(room, (state) => state.phase)
  const hasMedia = useHasMedia(room)

  useEffect(() => () => air.close(), [air])
  useEffect(() => {
    if (phase === 'pending') void air.openWhatMay()
    if (phase !== 'ended') return
    airMemory.forget()
    air.close()
  }, [air, phase])
  useEffect(() => {
    // Guests are heard from the first moment, and the way is known to be good before going live.
    if (hasMedia && phase !== 'ended') void air.connect()
  }, [air, hasMedia, phase])
  useEffect(() => {
    const record = airMemory.read(room.streamId)
    if (phase === 'live' && hasMedia && record) void air.resumeBySelf(record)
  }, [air, room, phase, hasMedia])
  return { air, view }
}

export function useHasMedia(room: LiveConnection): boolean {
  return useRoomState(room, (state) => state.floor?.hasMedia ?? false)
}
