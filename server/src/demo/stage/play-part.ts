/** Plays one part into LiveKit, as a client like any other, until it leaves or is put out. */
import type * as rtcNode from '@livekit/rtc-node'
import { Music, sampleRate } from './music.ts'
import { pictureSize } from './canvas.ts'
import type { Entrance, Part } from './orders.ts'
import { Painter } from './painter.ts'
import { Voice } from './voice.ts'

export type Rtc = typeof rtcNode

export interface Playing {
  /** Of a voice: whether it is its turn. Nothing is sent while it is not. */
  speak(isSpeaking: boolean): void
  leave(): Promise<void>
}

const pieceSamples = sampleRate / 20
const queueMs = 200
const { width, height, framesPerSecond } = pictureSize
const bitrates = { picture: 450_000n, music: 40_000n, voice: 24_000n }

/** Rejects when it is not let in. `over` is told once, when it ends without being asked to. */
export async function playPart(
  rtc: Rtc,
  { part, entrance }: { part: Part; entrance: Entrance },
  over: (why: string) => void,
): Promise<Playing> {
  const room = new rtc.Room()
  let isLeaving = false
  await room.connect(entrance.url, entrance.token, { autoSubscribe: false, dynacast: true })
  const me = room.localParticipant
  if (me === undefined) throw new Error('not connected')
  const sound = new rtc.AudioSource(sampleRate, 1, queueMs)
  const turn = new Turn(part.kind === 'show')
  let pictures: NodeJS.Timeout | undefined
  const end = () => {
    clearInterval(pictures)
    turn.end()
  }
  room.on(rtc.RoomEvent.Disconnected, (reason) => {
    end()
    if (!isLeaving) over(`LiveKit ended the connection: ${reason}`)
  })
  const { TrackSource } = rtc
  await me.publishTrack(
    rtc.LocalAudioTrack.createAudioTrack('sound', sound),
    new rtc.TrackPublishOptions({
      source: TrackSource.SOURCE_MICROPHONE,
      audioEncoding: { maxBitrate: part.kind === 'show' ? bitrates.music : bitrates.voice },
      dtx: part.kind === 'voice',
      red: false,
    }),
  )
  const player =
    part.kind === 'show' ? new Music(part.look, part.seed) : new Voice(part.seed, part.pitchHz)
  if (part.kind === 'show' && player instanceof Music) {
    const source = new rtc.VideoSource(width, height)
    await me.publishTrack(
      rtc.LocalVideoTrack.createVideoTrack('picture', source),
      new rtc.TrackPublishOptions({
        source: TrackSource.SOURCE_CAMERA,
        videoEncoding: { maxBitrate: bitrates.picture, maxFramerate: framesPerSecond },
        videoCodec: rtc.VideoCodec.VP8,
        simulcast: false,
      }),
    )
    const painter = new Painter(part.look, part.seed)
    const paint = () => {
      const data = new Uint8Array(painter.paint(Date.now(), player.loudness).buffer)
      const frame = new rtc.VideoFrame(data, width, height, rtc.VideoBufferType.I420)
      source.captureFrame(frame)
    }
    pictures = setInterval(paint, 1_000 / framesPerSecond)
  }
  const sounds = async () => {
    while (await turn.comes()) {
      const piece = new Int16Array(pieceSamples)
      player.render(piece)
      // It waits while enough is queued.
      await sound.captureFrame(new rtc.AudioFrame(piece, sampleRate, 1, pieceSamples))
    }
  }
  sounds().catch((error: unknown) => {
    if (!isLeaving) over(`no sound: ${error instanceof Error ? error.message : String(error)}`)
  })
  return {
    speak: (isSpeaking) => turn.turn(isSpeaking),
    async leave() {
      isLeaving = true
      end()
      await room.disconnect()
    },
  }
}

/** Whose turn it is to be heard. */
class Turn {
  #isMine: boolean
  #isOver = false
  #waiting: (() => void) | undefined

  constructor(isMine: boolean) {
    this.#isMine = isMine
  }

  turn(isMine: boolean): void {
    this.#isMine = isMine
    this.#wake()
  }

  end(): void {
    this.#isOver = true
    this.#wake()
  }

  /** Resolves with true when it is, with false when all is over. */
  async comes(): Promise<boolean> {
    while (!this.#isMine && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve
      })
    }
    return !this.#isOver
  }

  #wake(): void {
    this.#waiting?.()
    this.#waiting = undefined
  }
}
