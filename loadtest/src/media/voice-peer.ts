/** Somebody in the sound of a room without a browser: sends a tone, and knows when it heard one. */
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  dispose,
  LocalAudioTrack,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'
import type { MediaTicket } from '@odeon/rooms/protocol'

const [sampleRate, pieceSamples] = [48_000, 960]
/** Of 32,768: the tone is three times as loud. */
const audibleFrom = 1_000
const tone = Int16Array.from({ length: pieceSamples }, (_, at) => {
  return 3_000 * Math.sin((at * 2 * Math.PI * 500) / sampleRate)
})

/** Lets the process end: the library keeps it alive. */
export const endPeers = (): Promise<void> => dispose()

export class VoicePeer {
  readonly identity: string
  readonly #room: Room
  #source: AudioSource | undefined
  #track: LocalAudioTrack | undefined

  private constructor(room: Room, identity: string) {
    this.#room = room
    this.identity = identity
  }

  /** Rejects when it is not let in. It gets nothing until it asks for somebody. */
  static async connect({ url, token, identity }: MediaTicket): Promise<VoicePeer> {
    const room = new Room()
    await room.connect(url, token, { autoSubscribe: false, dynacast: false })
    return new VoicePeer(room, identity)
  }

  get isConnected(): boolean {
    return this.#room.isConnected
  }

  /** Has a track of somebody, whether or not it carries anything. */
  get isGivenVoice(): boolean {
    const others = [...this.#room.remoteParticipants.values()]
    return others.some(({ trackPublications }) =>
      [...trackPublications.values()].some(({ track }) => track !== undefined),
    )
  }

  /** A microphone, silent so far. Rejects when it may not. */
  async publish(): Promise<void> {
    const me = this.#room.localParticipant
    if (me === undefined) throw new Error('not connected')
    this.#source ??= new AudioSource(sampleRate, 1, 100)
    const track = LocalAudioTrack.createAudioTrack('voice', this.#source)
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE })
    await me.publishTrack(track, options)
    this.#track = track
  }

  /** Sends a tone until it may not any more; nothing where no microphone is published. */
  talk(): void {
    const [source, track] = [this.#source, this.#track]
    if (source === undefined || track === undefined) return
    const send = async () => {
      while (this.isConnected && this.#track === track) {
        await source.captureFrame(new AudioFrame(tone, sampleRate, 1, pieceSamples))
      }
    }
    void send().catch(() => undefined)
  }

  hush(): void {
    this.#track = undefined
  }

  /** Gets this person's sound as soon as it is sent, and does not listen to what it says. */
  subscribeTo(identity: string): () => void {
    const want = (publication: RemoteTrackPublication, from: { identity: string }) => {
      if (from.identity === identity) publication.setSubscribed(true)
    }
    const there = this.#room.remoteParticipants.get(identity)?.trackPublications.values() ?? []
    for (const publication of there) publication.setSubscribed(true)
    this.#room.on(RoomEvent.TrackPublished, want)
    return () => void this.#room.off(RoomEvent.TrackPublished, want)
  }

  /** As `subscribeTo`, and tells of each piece that can be heard. */
  listenTo(identity: string, heard: (at: number) => void): () => void {
    const listen = (track: RemoteTrack, _: unknown, from: { identity: string }) => {
      if (from.identity === identity) void hear(track, heard)
    }
    this.#room.on(RoomEvent.TrackSubscribed, listen)
    const leave = this.subscribeTo(identity)
    return () => {
      leave()
      this.#room.off(RoomEvent.TrackSubscribed, listen)
    }
  }

  async leave(): Promise<void> {
    this.hush()
    await this.#room.disconnect()
  }
}

/** Until the track ends. */
async function hear(track: RemoteTrack, heard: (at: number) => void): Promise<void> {
  if (track.kind !== TrackKind.KIND_AUDIO) return
  for await (const { data } of new AudioStream(track, sampleRate, 1)) {
    if (data.some((sample) => sample > audibleFrom)) heard(performance.now())
  }
}
