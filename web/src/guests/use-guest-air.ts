/** A guest's picture and sound: theirs while they have a seat, let go with it. */
import type { LiveConnection } from '@odeon/sdk'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { airMemory } from '../studio/air-memory.ts'
import { type AirView, OnAir } from '../studio/on-air.ts'
import { useHasMedia } from '../studio/use-on-air.ts'

interface GuestAirOptions {
  isSeated: boolean
  /** They look at themselves before they come up. */
  isReady: boolean
}

export function useGuestAir(
  room: LiveConnection,
  { isSeated, isReady }: GuestAirOptions,
): { air: OnAir; view: AirView } {
  const air = useMemo(() => new OnAir(room), [room])
  const view = useSyncExternalStore(air.subscribe, air.view)
  const hasMedia = useHasMedia(room)
  const isUsed = isSeated || isReady
  const wasUsed = useRef(false)
  const [wasSeated] = useState(isSeated)

  useEffect(
    () => () => {
      airMemory.forget()
      void air.stepDown()
    },
    [air],
  )
  useEffect(() => {
    if (isReady && !isSeated) void air.openWhatMay()
  }, [air, isReady, isSeated])
  useEffect(() => {
    if (wasUsed.current && !isUsed) {
      airMemory.forget()
      void air.stepDown()
    }
    wasUsed.current = isUsed
  }, [air, isUsed])
  useEffect(() => {
    // A page that is loaded again sends what it sent.
    const record = wasSeated && isSeated && hasMedia && airMemory.read(room.streamId)
    if (record) void air.resumeBySelf(record)
  }, [air, room, wasSeated, isSeated, hasMedia])
  const { isOnAir, busy, camera, microphone } = view
  const isLit = camera.status !== 'off' || microphone.status !== 'off'
  useEffect(() => {
    // They came up by another window, or nothing is sent after all: no light stays on.
    if (!isSeated || isOnAir || busy !== null || !isLit) return
    air.camera.close()
    air.microphone.close()
  }, [air, isSeated, isOnAir, busy, isLit])
  return { air, view }
}
