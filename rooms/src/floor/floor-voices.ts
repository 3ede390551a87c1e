/** The floor's side of the media: exactly those may send a voice whom the floor lets. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { Media, MediaGrant, MediaOwner, RoomMedia } from '../media/media.ts'
import { mediaRefusals, type MediaSource, type MediaTicket } from '../media/protocol.ts'
import type { FloorScope } from './floor-scope.ts'

export interface FloorVoicesOptions {
  scope: FloorScope
  roomId: string
  /** Absent where there are none: the room goes on without sound. */
  media: Media | undefined
  /** Somebody is here, or was and is on the way back. */
  isHere: (userId: string) => boolean
  /** The state changed outside of any command. */
  touch: () => void
}

const voice: readonly MediaSource[] = ['microphone']

export class FloorVoices implements MediaOwner {
  readonly #options: FloorVoicesOptions
  readonly #media: RoomMedia | undefined
  /** Who was let in or told to be let, of those who are here. */
  readonly #known = new Set<string>()
  /** Of those with a seat: whether the media were told that they may be heard. */
  readonly #told = new Map<string, boolean>()
  /** Whose microphone the media carry. */
  readonly #sending = new Set<string>()
  /** Put out, and their sockets not gone yet. */
  readonly #putOut = new Set<string>()
  /** Ended, or another's: nothing is told any more. */
  #isDone = false

  constructor(options: FloorVoicesOptions) {
    this.#options = options
    this.#media = options.media?.open(options.roomId, this)
  }

  grantOf(userId: string): MediaGrant | null {
    const { scope, isHere } = this.#options
    if (this.#putOut.has(userId) || this.#isDone || !isHere(userId)) return null
    const speaker = scope.floor.speakers.get(userId)
    const publish = speaker === undefined || speaker.isSilenced ? [] : voice
    // Listeners are many, and the room knows them.
    return { publish, subscribe: true, isHidden: speaker === undefined }
  }

  sends(userId: string, sources: readonly MediaSource[]): void {
    if (sources.includes('microphone')) this.#sending.add(userId)
    else this.#sending.delete(userId)
    this.#options.touch()
  }

  turned(isUp: boolean): void {
    const { scope, touch } = this.#options
    scope.floor.hasMedia = isUp
    if (!isUp) this.#sending.clear()
    touch()
  }

  /** Refused with `media_unavailable`, `not_allowed`. */
  async ticket({ id, name }: Member, tab: string): Promise<MediaTicket> {
    if (this.#media === undefined || this.#isDone) refuse(mediaRefusals, 'media_unavailable')
    this.#known.add(id)
    return await this.#media.ticket({ id, name }, tab)
  }

  came(userId: string): void {
    this.#putOut.delete(userId)
  }

  left(userId: string): void {
    this.#putOut.delete(userId)
    this.#sending.delete(userId)
    if (this.#known.delete(userId)) this.#settle(userId)
  }

  putOut(userId: string): void {
    this.#putOut.add(userId)
    this.#settle(userId)
  }

  /** Just before a frame: tells the media what differs, and all of it at first. */
  agree(): void {
    const { speakers } = this.#options.scope.floor
    for (const [userId, speaker] of speakers) {
      const mayBeHeard = !speaker.isSilenced
      const isAudible = mayBeHeard && !speaker.isMuted && this.#sending.has(userId)
      if (speaker.isAudible !== isAudible) speaker.isAudible = isAudible
      if (this.#told.get(userId) === mayBeHeard) continue
      this.#told.set(userId, mayBeHeard)
      this.#known.add(userId)
      this.#settle(userId)
    }
    for (const userId of this.#told.keys()) {
      if (speakers.has(userId)) continue
      this.#told.delete(userId)
      this.#settle(userId)
    }
    if (this.#options.scope.phase() === 'ended') this.#end()
  }

  /** The room closes: it is over, or goes on in another process with everybody connected. */
  stop(): void {
    if (this.#options.scope.phase() === 'ended') this.#end()
    if (this.#isDone) return
    this.#isDone = true
    this.#media?.release()
  }

  #end(): void {
    if (this.#isDone) return
    this.#isDone = true
    void this.#media?.end()
  }

  #settle(userId: string): void {
    if (!this.#isDone) void this.#media?.settle(userId)
  }
}
