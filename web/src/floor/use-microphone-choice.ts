/** Which microphone one speaks into: chosen once in this browser, at the studio or in a room. */
import { Refusal, type RoomMedia } from '@odeon/sdk'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { DeviceOption } from '../studio/devices/device-options.ts'
import { LocalDevice } from '../studio/devices/local-device.ts'

export interface MicrophoneChoice {
  options: readonly DeviceOption[]
  /** Empty when it is left to the browser. */
  deviceId: string
  /** Remembers it, and moves over to it what is sent. */
  choose: (deviceId: string) => Promise<void>
  /** Sends a voice from it, or from whichever there is when it stayed at home. */
  publish: () => Promise<void>
}

export function useMicrophoneChoice(media: RoomMedia): MicrophoneChoice {
  const device = useMemo(() => new LocalDevice('microphone'), [])
  const { options, deviceId } = useSyncExternalStore(device.subscribe, device.view)
  const choose = useCallback(
    async (id: string) => {
      device.remember(id)
      if (media.sending.has('microphone')) await media.switchDevice('microphone', id)
    },
    [device, media],
  )
  const publish = useCallback(async () => {
    const { deviceId: wanted } = device.view()
    try {
      await media.publishMicrophone(wanted ? { deviceId: wanted } : {})
    } catch (error) {
      if (!wanted || !(error instanceof Refusal && error.code === 'no_device')) throw error
      await media.publishMicrophone()
    }
    // Devices have names from now on.
    await device.refresh()
  }, [device, media])
  return useMemo(
    () => ({ options, deviceId, choose, publish }),
    [options, deviceId, choose, publish],
  )
}
