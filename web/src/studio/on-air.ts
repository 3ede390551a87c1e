/**
 * The host's own picture and sound at the desk: devices of this machine before, what the media
 * carry while on the air. One view of both, so that the desk need not ask which it is.
 */
import {
  type LiveConnection,
  type MediaPerson,
  type MediaSource,
  type MediaStatus,
  Refusal,
} from '@odeon/sdk'
import { type AirRecord, airMemory } from './air-memory.ts'
import { goLive, sendNothing, sendWanted, type Wanted } from './broadcast.ts'
import { type DeviceKind, otherCamera } from './devices/device-options.ts'
import { type DeviceView, LocalDevice, permissionOf } from './devices/local-device.ts'

export interface AirView {
  camera: DeviceView
  microphone: DeviceView
  /** What the switches do reaches viewers. */
  isOnAir: boolean
  busy: 'starting' | 'resuming' | null
  /** What went wrong last, and with what. */
  failed: { at: 'start' | 'resume' | 'switch'; error: unknown } | null
  status: MediaStatus
  sending: ReadonlySet<MediaSource>
  /** What the others know of this person; undefined while nothing is sent. */
  self: MediaPerson | undefined
  isSoundBlocked: boolean
}

/** Whoever closes the browser's own dialog has changed their mind. */
function unlessNothingChosen(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'device_denied')) throw error
}

type OwnFacts = Pick<AirView, 'isOnAir' | 'busy' | 'failed'>

export class OnAir {
  readonly room: LiveConnection
  readonly camera = new LocalDevice('camera')
  readonly microphone = new LocalDevice('microphone')
  readonly #listeners = new Set<() => void>()
  #own: OwnFacts = { isOnAir: false, busy: null, failed: null }
  #view: AirView

  constructor(room: LiveConnection) {
    this.room = room
    this.#view = this.#look()
  }

  readonly view = (): AirView => this.#view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    const stops = [
      this.camera.subscribe(this.#tell),
      this.microphone.subscribe(this.#tell),
      this.room.media.on('changed', this.#tell),
    ]
    return () => {
      this.#listeners.delete(listener)
      for (const stop of stops) stop()
    }
  }

  /** What going live would send now. */
  get wanted(): Wanted {
    const idOf = ({ status, deviceId }: DeviceView) => (status === 'on' ? deviceId : null)
    return { camera: idOf(this.camera.view()), microphone: idOf(this.microphone.view()) }
  }

  /** Opens, without asking anybody, what leave was given for before. */
  async openWhatMay(): Promise<void> {
    await Promise.all(
      [this.camera, this.microphone].map(async (device) => {
        const permission = await permissionOf(device.kind)
        if (permission === 'granted' && device.view().status === 'off') await device.open()
      }),
    )
  }

  async connect(): Promise<void> {
    await this.#switching(() => this.room.media.listen())
  }

  /** One question of the browser for both where it can be one. */
  async openBoth(): Promise<void> {
    await this.camera.open()
    await this.microphone.open()
  }

  /** `isBare`: chat alone, whatever is open. */
  async start(isBare: boolean): Promise<void> {
    const wanted = isBare ? { camera: null, microphone: null } : this.wanted
    await this.#busyWith('starting', 'start', async () => {
      await goLive(this.room.media, wanted, () => this.room.start())
      await this.#wentOn(wanted)
    })
  }

  /** Back on the air in a stream that runs. */
  async resume(wanted: Wanted): Promise<void> {
    await this.#busyWith('resuming', 'resume', async () => {
      // Of whoever got the voice back it is taken from then on.
      const may = this.#isSilenced ? { ...wanted, microphone: null } : wanted
      if (may.microphone !== null && this.#isMutedOnFloor) await this.room.floor.mute(false)
      await sendWanted(this.room.media, may)
      await this.#wentOn(may)
    })
  }

  /** What this tab sent before it was loaded again: by itself where that asks nobody anything. */
  async resumeBySelf(record: AirRecord): Promise<void> {
    if (this.#own.isOnAir) return
    // Who muted themselves, or was silenced, is not heard again unasked.
    const microphone = record.microphone && !this.#isMutedOnFloor && !this.#isSilenced
    const wanted = { camera: record.camera, microphone }
    const kinds = (['camera', 'microphone'] as const).filter((kind) => wanted[kind])
    const permissions = await Promise.all(kinds.map(permissionOf))
    if (kinds.length === 0 || permissions.some((state) => state !== 'granted')) return
    await this.resume(this.#remembered(wanted))
  }

  /** On a click: what is open here, else what was sent before, else both. */
  async resumeAsked(): Promise<void> {
    const { camera, microphone } = this.wanted
    if (camera !== null || microphone !== null) return await this.resume(this.wanted)
    const record = airMemory.read(this.room.streamId)
    const isWorth = record && (record.camera || record.microphone)
    await this.resume(this.#remembered(isWorth ? record : { camera: true, microphone: true }))
  }

  async toggle(kind: DeviceKind): Promise<void> {
    const device = this[kind]
    if (!this.#own.isOnAir) {
      const isOpen = device.view().stream !== null || device.view().status === 'asking'
      return isOpen ? device.close() : await device.open()
    }
    await this.#switching(() => this.#toggleOnAir(kind))
    this.#remember()
  }

  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    const device = this[kind]
    if (!this.#own.isOnAir) return await device.choose(deviceId)
    await this.#switching(async () => {
      if (this.room.media.sending.has(kind)) await this.room.media.switchDevice(kind, deviceId)
      device.remember(deviceId)
    })
  }

  /** A phone's other camera. */
  async turnRound(): Promise<void> {
    const { options, deviceId } = this.#view.camera
    const other = otherCamera(options, deviceId)
    if (other) await this.choose('camera', other.id)
  }

  async toggleScreen(): Promise<void> {
    const { media } = this.room
    await this.#switching(async () => {
      if (media.sending.has('screen_share')) return await media.unpublish('screen_share')
      await media.publishScreen().catch(unlessNothingChosen)
    })
  }

  /** The page goes, or the stream is over: every light goes out. */
  close(): void {
    this.camera.close()
    this.microphone.close()
    this.#set({ isOnAir: false, busy: null, failed: null })
    void this.room.media.leave()
  }

  /** From the stage to the audience: every device is let go, and what others send goes on. */
  async stepDown(): Promise<void> {
    this.camera.close()
    this.microphone.close()
    this.#set({ isOnAir: false, busy: null, failed: null })
    await sendNothing(this.room.media)
  }

  async #toggleOnAir(kind: DeviceKind): Promise<void> {
    const { media, floor } = this.room
    const deviceId = this[kind].view().deviceId
    const chosen = deviceId ? { deviceId } : {}
    if (kind === 'camera') {
      if (media.sending.has('camera')) return await media.unpublish('camera')
      return await media.publishCamera({ ...chosen, withMicrophone: false })
    }
    const isSent = media.sending.has('microphone')
    if (isSent && !this.#view.self?.muted.has('microphone')) {
      // Silent first: the telling may wait for the network.
      await media.mute('microphone', true)
      await floor.mute(true)
      return
    }
    await floor.mute(false)
    await (isSent ? media.mute('microphone', false) : media.publishMicrophone(chosen))
  }

  async #wentOn({ camera, microphone }: Wanted): Promise<void> {
    if (camera === null && microphone === null) return
    // The media hold the devices now: phones give each to one place only.
    this.camera.close()
    this.microphone.close()
    this.#set({ isOnAir: true })
    this.#remember()
    // Names come with the leave to use them.
    void Promise.all([this.camera.refresh(), this.microphone.refresh()])
    if (microphone !== null && this.#isMutedOnFloor) await this.room.floor.mute(false)
  }

  #remembered({ camera, microphone }: AirRecord): Wanted {
    return {
      camera: camera ? this.camera.view().deviceId : null,
      microphone: microphone ? this.microphone.view().deviceId : null,
    }
  }

  get #isSilenced(): boolean {
    const { floor } = this.room.state
    const { id } = this.room.you
    return floor?.silenced.has(id) === true || floor?.speakers.get(id)?.isSilenced === true
  }

  get #isMutedOnFloor(): boolean {
    const { id } = this.room.you
    return this.room.floor.speakers.some(
      (speaker) => speaker.id === id && speaker.isMuted && !speaker.isSilenced,
    )
  }

  #remember(): void {
    const { sending } = this.room.media
    airMemory.keep(this.room.streamId, {
      camera: sending.has('camera'),
      microphone: sending.has('microphone'),
    })
  }

  async #busyWith(
    busy: 'starting' | 'resuming',
    at: 'start' | 'resume',
    act: () => Promise<void>,
  ): Promise<void> {
    if (this.#own.busy) return
    this.#set({ busy, failed: null })
    try {
      await act()
      this.#set({ busy: null })
    } catch (error) {
      this.#set({ busy: null, failed: { at, error } })
    }
  }

  async #switching(act: () => Promise<unknown>): Promise<void> {
    this.#set({ failed: null })
    try {
      await act()
    } catch (error) {
      this.#set({ failed: { at: 'switch', error } })
    }
  }

  #set(change: Partial<OwnFacts>): void {
    this.#own = { ...this.#own, ...change }
    this.#tell()
  }

  readonly #tell = (): void => {
    this.#view = this.#look()
    for (const listener of this.#listeners) listener()
  }

  /** On the air the media hold it. */
  #device(kind: DeviceKind): DeviceView {
    const track = this.#own.isOnAir ? this.room.media.ownTrack(kind) : undefined
    return track ? this[kind].heldElsewhere(track) : this[kind].view()
  }

  #look(): AirView {
    const { status, sending, people, isSoundBlocked } = this.room.media
    const self = people.get(this.room.you.id)
    const devices = { camera: this.#device('camera'), microphone: this.#device('microphone') }
    return { ...devices, ...this.#own, status, sending, self, isSoundBlocked }
  }
}
