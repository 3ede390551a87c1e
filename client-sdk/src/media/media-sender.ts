/** Sending in a room: what may be, from which device, and whether it goes on. */
import type { MediaSource } from '@odeon/rooms/protocol'
import { Refusal } from '../refusal.ts'
import type * as LiveKit from './livekit.ts'
import type { LiveKitLine, Outgoing } from './livekit.ts'
import { demandDevices, refuseMedia } from './media-refusals.ts'
import type { MediaDeviceType, MediaStatus } from './media-shapes.ts'

/** What the room says of media, and of you in them. */
export interface MediaFloor {
  hasMedia: boolean
  isSeated: boolean
  isSilenced: boolean
}

export interface MediaSenderOptions {
  floor: () => MediaFloor
  line: () => LiveKitLine | undefined
  listen: () => Promise<MediaStatus>
  /** Resolves when it holds, or when no grant is to be expected any more. */
  untilGranted: (holds: () => boolean) => Promise<void>
  changed: () => void
  /** LiveKit's part, fetched when it is first wanted. */
  livekit: () => Promise<typeof LiveKit>
}

export interface FromDevices {
  cameraId?: string | undefined
  microphoneId?: string | undefined
}

const none: ReadonlySet<MediaSource> = new Set()

export class MediaSender {
  readonly #options: MediaSenderOptions
  #outgoing: Outgoing | undefined

  constructor(options: MediaSenderOptions) {
    this.#options = options
  }

  get granted(): ReadonlySet<MediaSource> {
    return this.#options.line()?.granted ?? none
  }

  get sources(): ReadonlySet<MediaSource> {
    return this.#outgoing?.sources ?? none
  }

  trackOf(source: MediaSource) {
    return this.#outgoing?.trackOf(source)
  }

  async publish(sources: readonly MediaSource[], from: FromDevices = {}): Promise<void> {
    demandDevices()
    if ((await this.#options.listen()) !== 'on') {
      const message = 'Picture and sound are away for the moment. Chat goes on.'
      throw new Refusal({ code: 'media_unavailable', message })
    }
    await this.#demandGrant(sources.filter((one) => one !== 'screen_share_audio'))
    const outgoing = await this.#sender()
    // A screen's sound comes with it where it may.
    const wanted = sources.filter((one) => this.granted.has(one))
    await outgoing.send({ sources: wanted, ...from })
  }

  async unpublish(source: MediaSource): Promise<void> {
    await this.#outgoing?.stop(source)
    if (source === 'screen_share') await this.#outgoing?.stop('screen_share_audio')
  }

  async mute(source: MediaSource, isMuted: boolean): Promise<void> {
    await this.#outgoing?.mute(source, isMuted)
  }

  async switchTo(kind: Exclude<MediaDeviceType, 'speaker'>, deviceId: string): Promise<void> {
    await this.#outgoing?.switchTo(kind, deviceId)
  }

  async stopAll(): Promise<void> {
    await this.#outgoing?.stopAll()
  }

  /** There is another line, or none. */
  use(line: LiveKitLine | undefined): void {
    this.#outgoing?.use(line)
  }

  /** What may be sent may have changed. */
  agree(): void {
    if (this.#options.line()) this.#outgoing?.agree(this.granted)
  }

  async #demandGrant(needed: readonly MediaSource[]): Promise<void> {
    const isGranted = () => needed.every((one) => this.granted.has(one))
    const isComing = () => {
      const { isSeated, isSilenced } = this.#options.floor()
      if (!isSeated || isSilenced) return false
      // A seat taken, or a voice given back a moment ago, is on its way to the media server.
      return this.granted.size === 0 || needed.includes('microphone')
    }
    await this.#options.untilGranted(() => isGranted() || !isComing())
    if (isGranted()) return
    if (this.#options.floor().isSilenced) {
      throw new Refusal({ code: 'silenced', message: 'The crew took your voice.' })
    }
    refuseMedia('not_granted')
  }

  async #sender(): Promise<Outgoing> {
    const { Outgoing } = await this.#options.livekit()
    if (!this.#outgoing) {
      this.#outgoing = new Outgoing(this.#options.changed)
      this.#outgoing.use(this.#options.line())
    }
    return this.#outgoing
  }
}
