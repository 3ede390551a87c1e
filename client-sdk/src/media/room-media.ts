/** Picture and sound of a room as a program uses them: `room.media`. */
import type { MediaSource, MediaTicket } from '@odeon/rooms/protocol'
import { Listeners } from '../listeners.ts'
import { settle } from '../room/settle.ts'
import type { World } from '../world.ts'
import { Attachments } from './attachments.ts'
import type { LiveKitLine } from './livekit.ts'
import { listDevices } from './list-devices.ts'
import { MediaLink } from './media-link.ts'
import { demandDevices, demandWebRtc } from './media-refusals.ts'
import { type MediaFloor, MediaSender } from './media-sender.ts'
import type { IsQuiet } from './quiet.ts'
import type {
  CameraOptions,
  MediaDevice,
  MediaDeviceType,
  MediaEvent,
  MediaPerson,
  MediaQuality,
  MediaStats,
  MediaStatus,
  MicrophoneOptions,
} from './media-shapes.ts'
import { until } from './until.ts'

export const roomMediaLimits = {
  /** For a line that is being made again when something shall be sent. */
  lineWithinMs: 15_000,
  /** From a seat to the grant that comes with it. */
  grantWithinMs: 5_000,
} as const

export interface RoomMediaOptions {
  world: World
  ticket: (tab: string) => Promise<MediaTicket>
  ownId: () => string
  floor: () => MediaFloor
  /** Whom the floor lets nobody hear. */
  isQuiet: IsQuiet
  /** Calls back when `floor` may say something else. */
  onFloor: (call: () => void) => void
  /** Calls back when the room is closed for good. */
  onClosed: (call: () => void) => void
}

export class RoomMedia {
  readonly #options: RoomMediaOptions
  readonly #link: MediaLink<LiveKitLine>
  readonly #sender: MediaSender
  readonly #attachments = new Attachments((userId, source) => this.#trackOf(userId, source))
  readonly #listeners = { changed: new Listeners(), levels: new Listeners() }
  #isWatching = false
  #people: ReadonlyMap<string, MediaPerson> = new Map()
  #quality: MediaQuality = 'auto'
  #volume = 1
  #speakerId: string | undefined

  constructor(options: RoomMediaOptions) {
    this.#options = options
    this.#link = new MediaLink({
      world: options.world,
      ticket: options.ticket,
      isCarried: () => options.floor().hasMedia,
      open: async (ticket, handlers) =>
        await (await livekit()).openLine(ticket, {
          ownId: options.ownId(),
          isQuiet: options.isQuiet,
          handlers,
        }),
      lineChanged: (line) => this.#use(line),
      statusChanged: () => this.#tell(),
      changed: () => this.#agree(),
      levels: () => this.#renew('levels'),
    })
    this.#sender = new MediaSender({
      livekit,
      floor: options.floor,
      line: () => this.#link.line,
      listen: () => this.listen(),
      untilGranted: (holds) => this.#until(holds, roomMediaLimits.grantWithinMs),
      changed: () => this.#agree(),
    })
  }

  get status(): MediaStatus {
    return this.#link.status
  }

  /** What the room lets you send at this moment; empty while not `on`. */
  get granted(): ReadonlySet<MediaSource> {
    return this.#sender.granted
  }

  /** What you send, muted or not, also while the line is being made again. */
  get sending(): ReadonlySet<MediaSource> {
    return this.#sender.sources
  }

  /** Who sends, by user id, yourself included. The same map until something of it changes. */
  get people(): ReadonlyMap<string, MediaPerson> {
    return this.#people
  }

  /** The browser holds sound back until the person does something: `unblockSound` in a click. */
  get isSoundBlocked(): boolean {
    return this.#link.line?.isSoundBlocked ?? false
  }

  /** Most that is received of pictures. */
  get quality(): MediaQuality {
    return this.#quality
  }

  set quality(quality: MediaQuality) {
    this.#quality = quality
    this.#link.line?.setQuality(quality)
    this.#tell()
  }

  /** Of all voices and screens, 0–1; they sound by themselves, without an element. */
  get volume(): number {
    return this.#volume
  }

  set volume(volume: number) {
    this.#volume = Math.min(1, Math.max(0, volume))
    this.#link.line?.setVolume(this.#volume)
    this.#tell()
  }

  /**
   * Comes in, to see and hear. Resolves with `on`, or with `unavailable` when media are away; then
   * it goes on trying until `leave`, and `changed` tells. Refused with `not_allowed`,
   * `media_unsupported`.
   */
  async listen(): Promise<MediaStatus> {
    demandWebRtc()
    this.#watch()
    this.#link.join()
    await this.#until(() => isSettled(this.status), roomMediaLimits.lineWithinMs)
    if (this.status === 'off' && this.#link.failure !== undefined) throw this.#link.failure
    return this.status
  }

  /** Sees, hears and sends no more; devices are let go. */
  async leave(): Promise<void> {
    // Off at once: whoever listens again meanwhile is not ended by this.
    await Promise.all([this.#link.leave(), this.#sender.stopAll()])
  }

  /**
   * Your voice, and it goes on after every interruption until you unpublish it. Refused with
   * `not_granted`, `silenced`, `media_unavailable`, `no_device`, `device_denied`, `device_busy`,
   * `insecure_page`, `media_unsupported`.
   */
  publishMicrophone({ deviceId }: MicrophoneOptions = {}): Promise<void> {
    return this.#sender.publish(['microphone'], { microphoneId: deviceId })
  }

  /** Your picture, and unless you say otherwise your voice. Refused as `publishMicrophone` is. */
  publishCamera({ deviceId, withMicrophone = true }: CameraOptions = {}): Promise<void> {
    const sources: MediaSource[] = withMicrophone ? ['camera', 'microphone'] : ['camera']
    return this.#sender.publish(sources, { cameraId: deviceId })
  }

  /**
   * A screen or window, chosen in the browser's own dialog, with its sound where it has any. Call
   * it in a click. Refused as `publishMicrophone` is; `device_denied` also when nothing is chosen.
   */
  publishScreen(): Promise<void> {
    return this.#sender.publish(['screen_share', 'screen_share_audio'])
  }

  /** Stops it and lets its device go; a screen's sound stops with it. */
  unpublish(source: MediaSource): Promise<void> {
    return this.#sender.unpublish(source)
  }

  /**
   * Holds back what you send, or lets it go on; a muted camera is off. Of what you do not send
   * nothing happens. The room's people learn of it by `floor.mute`.
   */
  mute(source: MediaSource, isMuted: boolean): Promise<void> {
    return this.#sender.mute(source, isMuted)
  }

  /**
   * Shows somebody's track in the element as soon as there is one, your own too, and again after
   * every interruption. The result takes it out.
   */
  attach(userId: string, source: MediaSource, element: HTMLMediaElement): () => void {
    return this.#attachments.add(userId, source, element)
  }

  /** What you send of that source as the browser has it, with its device's name and settings. */
  ownTrack(source: MediaSource): MediaStreamTrack | undefined {
    return this.#sender.trackOf(source)?.mediaStreamTrack
  }

  /** Call it in a click, while `isSoundBlocked`. */
  async unblockSound(): Promise<void> {
    await this.#link.line?.unblockSound()
    this.#tell()
  }

  /** Without a name until the person let the page use one. Refused with `insecure_page`. */
  async devices(kind: MediaDeviceType): Promise<MediaDevice[]> {
    demandDevices()
    return await listDevices(kind)
  }

  /** Of what you send and hear now. Refused with `no_device`, `device_busy`, `device_denied`. */
  async switchDevice(kind: MediaDeviceType, deviceId: string): Promise<void> {
    if (kind === 'speaker') await this.#hearBy(deviceId)
    else await this.#sender.switchTo(kind, deviceId)
  }

  /** What flowed since the last call, 0 with the first. */
  async stats(): Promise<MediaStats> {
    const nothing = { bitrateBps: 0, lossShare: 0, rttMs: undefined }
    return (await this.#link.line?.stats()) ?? { sent: nothing, received: nothing }
  }

  /** `changed`: anything but levels; `levels`: who speaks and how loud. The result stops it. */
  on(event: MediaEvent, call: () => void): () => void {
    return this.#listeners[event].add(call)
  }

  /**
   * Ten times a second, how loud your own microphone is as it is sent: 0–1, the root mean square of
   * its samples, 0 while none is sent or it is muted. Measured here, so it also moves for what the
   * media do not take for a voice. The result stops it.
   */
  onLevel(call: (level: number) => void): () => void {
    const track = () => this.#sender.trackOf('microphone')?.mediaStreamTrack
    const watching = livekit().then(
      ({ watchLevel }) => watchLevel(track, call),
      () => undefined,
    )
    return () => void watching.then((stop) => stop?.())
  }

  #watch(): void {
    if (this.#isWatching) return
    this.#isWatching = true
    this.#options.onFloor(() => {
      this.#link.carriedChanged()
      this.#link.line?.hush()
      this.#agree()
    })
    this.#options.onClosed(() => void this.leave())
  }

  async #hearBy(deviceId: string): Promise<void> {
    await this.#link.line?.setSpeaker(deviceId)
    this.#speakerId = deviceId
  }

  #use(line: LiveKitLine | undefined): void {
    // One that was unplugged meanwhile: the browser's own is heard.
    if (this.#speakerId !== undefined) void line?.setSpeaker(this.#speakerId).catch(() => undefined)
    line?.setVolume(this.#volume)
    line?.setQuality(this.#quality)
    this.#sender.use(line)
    this.#agree()
  }

  #agree(): void {
    this.#sender.agree()
    this.#renew('changed')
    this.#attachments.agree()
  }

  #renew(event: MediaEvent): void {
    this.#people = settle(this.#link.line?.people() ?? new Map(), this.#people)
    this.#listeners[event].tell()
  }

  #tell(): void {
    this.#listeners.changed.tell()
  }

  #trackOf(userId: string, source: MediaSource) {
    const own = userId === this.#options.ownId() ? this.#sender.trackOf(source) : undefined
    return own ?? this.#link.line?.trackOf(userId, source)
  }

  #until(holds: () => boolean, withinMs: number): Promise<void> {
    return until(holds, { changed: this.#listeners.changed, world: this.#options.world, withinMs })
  }
}

/** Fetched when media are first wanted: whoever only chats does without. */
const livekit = () => import('./livekit.ts')

function isSettled(status: MediaStatus): boolean {
  return status !== 'connecting' && status !== 'reconnecting'
}
