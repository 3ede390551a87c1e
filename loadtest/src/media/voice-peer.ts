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

  /** Sends a tone until it may not any more. */
  async speak(): Promise<void> {
    const me = this.#room.localParticipant
    if (me === undefined) throw new Error('not connected')
    this.#source ??= new AudioSource(sampleRate, 1, 100)
    const source = this.#source
    this.#track = LocalAudioTrack.createAudioTrack('voice', source)
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE })
    await me.publishTrack(this.#track, options)
    const track = this.#track
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

  /** Gets this person's sound as soon as it is sent. */
  listenTo(identity: string, heard: (at: number) => void = () => undefined): () => void {
    const want = (publication: RemoteTrackPublication, from: { identity: string }) => {
      if (from.identity === identity) publication.setSubscribed(true)
    }
    for (const publication of this.#room.remoteParticipants
      .get(identity)
      ?.trackPublications.values() ?? []) {
      publication.setSubscribed(true)
    }
    const listen = (track: RemoteTrack, _: unknown, from: { identity: string }) => {
      if (from.identity === identity) void hear(track, heard)
    }
    this.#room.on(RoomEvent.TrackPublished, want)
    this.#room.on(RoomEvent.TrackSubscribed, listen)
    return () => {
      this.#room.off(RoomEvent.TrackPublished, want)
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
