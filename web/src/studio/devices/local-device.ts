/**
 * A camera or a microphone of this machine: asked for, chosen, remembered, followed as it is
 * plugged in and out. What it gives stays in this page until somebody publishes it.
 */
import { personStorage } from '../../session/second-viewer.ts'
import { type DeviceKind, type DeviceOption, optionsOf, ownIdOf } from './device-options.ts'
import { type DeviceTrouble, troubleOf } from './device-trouble.ts'

export interface DeviceView {
  status: 'off' | 'asking' | 'on' | 'trouble'
  trouble: DeviceTrouble | null
  /** While it is on. */
  stream: MediaStream | null
  /** Which of the options is meant; empty when that is left to the browser. */
  deviceId: string
  options: readonly DeviceOption[]
}

/** What ends sooner than this after it began would end again. */
const shortestMs = 2_000

const constraintsOf = {
  camera: (deviceId: string) => ({
    video: {
      width: { ideal: 1280 },
      height: { ideal: 720 },
      ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'user' }),
    },
  }),
  microphone: (deviceId: string) => ({
    audio: deviceId ? { deviceId: { exact: deviceId } } : true,
  }),
} as const

/** What the browser says of the device without asking anybody; undefined when it does not. */
export async function permissionOf(kind: DeviceKind): Promise<PermissionState | undefined> {
  try {
    const { state } = await navigator.permissions.query({ name: kind })
    return state
  } catch {
    // Older browsers know no permission of that name.
    return undefined
  }
}

export class LocalDevice {
  readonly kind: DeviceKind
  readonly #listeners = new Set<() => void>()
  readonly #key: string
  /** Chosen once, even while something else stands in for it. */
  #wanted: string
  #view: DeviceView
  #devices: readonly MediaDeviceInfo[] = []
  /** An answer to an earlier question changes nothing. */
  #round = 0

  constructor(kind: DeviceKind) {
    this.kind = kind
    this.#key = `odeon.${kind}`
    this.#wanted = personStorage.getItem(this.#key) ?? ''
    const deviceId = this.#wanted
    this.#view = { status: 'off', trouble: null, stream: null, deviceId, options: [] }
  }

  readonly view = (): DeviceView => this.#view

  /** Follows what is plugged in for as long as somebody listens. */
  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      navigator.mediaDevices?.addEventListener('devicechange', this.#changed)
      void this.refresh()
    }
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      navigator.mediaDevices?.removeEventListener('devicechange', this.#changed)
    }
  }

  /** Asks for the remembered device, or whichever there is. Never throws: the view says why. */
  async open(): Promise<void> {
    const round = ++this.#round
    this.#stop()
    if (!navigator.mediaDevices) return this.#set({ status: 'trouble', trouble: 'insecure' })
    this.#set({ status: 'asking', trouble: null, stream: null })
    try {
      const stream = await this.#capture()
      if (round !== this.#round) return stopAll(stream)
      this.#hold(stream)
    } catch (error) {
      const permission = await permissionOf(this.kind)
      if (round !== this.#round) return
      this.#set({ status: 'trouble', trouble: troubleOf(error, permission) })
    }
    await this.refresh()
  }

  /** Lets go of the device: its light goes out. */
  close(): void {
    this.#round++
    this.#stop()
    this.#set({ status: 'off', trouble: null, stream: null })
  }

  /** Remembers the choice on this browser; what is open moves over to it. */
  async choose(deviceId: string): Promise<void> {
    this.remember(deviceId)
    if (this.#view.status !== 'off') await this.open()
  }

  /** The choice alone, as when somebody else has the device open. */
  remember(deviceId: string): void {
    personStorage.setItem(this.#key, deviceId)
    this.#wanted = deviceId
    this.#set({ deviceId })
  }

  async refresh(): Promise<void> {
    if (!navigator.mediaDevices) return
    this.#devices = await navigator.mediaDevices.enumerateDevices()
    const options = optionsOf(this.#devices, this.kind)
    this.#set({ options, deviceId: this.#ownId(this.#view.deviceId) })
  }

  /** Seen with the one that somebody else holds named, whichever is meant. */
  heldElsewhere(track: MediaStreamTrack): DeviceView {
    const deviceId = this.#ownId(track.getSettings().deviceId ?? '')
    const isListed = this.#view.options.some(({ id }) => id === deviceId)
    return isListed ? { ...this.#view, deviceId } : this.#view
  }

  #ownId(deviceId: string): string {
    return ownIdOf(this.#devices, this.kind, deviceId)
  }

  /** The very device that was chosen, else any: it may have stayed at home. */
  async #capture(): Promise<MediaStream> {
    const constraintsFor = constraintsOf[this.kind]
    try {
      return await navigator.mediaDevices.getUserMedia(constraintsFor(this.#wanted))
    } catch (error) {
      if (this.#wanted === '' || troubleOf(error) !== 'none') throw error
      return await navigator.mediaDevices.getUserMedia(constraintsFor(''))
    }
  }

  readonly #changed = (): void => void this.#listAnew()

  async #listAnew(): Promise<void> {
    await this.refresh()
    const { trouble, options } = this.#view
    if (trouble === 'none' && options.length > 0) await this.open()
  }

  #hold(stream: MediaStream): void {
    const [track] = stream.getTracks()
    const heldAt = performance.now()
    // Pulled out, or taken back by the browser: whatever else there is takes its place.
    track?.addEventListener('ended', () => {
      if (this.#view.stream !== stream) return
      if (performance.now() - heldAt > shortestMs) return void this.open()
      this.#set({ status: 'trouble', trouble: 'busy', stream: null })
    })
    const deviceId = track?.getSettings().deviceId ?? this.#view.deviceId
    this.#set({ status: 'on', trouble: null, stream, deviceId })
  }

  #stop(): void {
    if (this.#view.stream) stopAll(this.#view.stream)
  }

  #set(change: Partial<DeviceView>): void {
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
