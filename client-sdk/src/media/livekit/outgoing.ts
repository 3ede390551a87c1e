/** What this person sends: taken from devices here, carried by one line after another. */
import type { MediaSource } from '@odeon/rooms/protocol'
import {
  createLocalScreenTracks,
  createLocalTracks,
  LocalAudioTrack,
  type LocalTrack,
  LocalVideoTrack,
  Track,
} from 'livekit-client'
import { Refusal } from '../../refusal.ts'
import { demandDevices, deviceRefusal, refuseMedia } from '../media-refusals.ts'
import type { LiveKitLine } from './livekit-line.ts'
import { roomOptions } from './room-options.ts'
import { sourceOf } from './sources.ts'

/** What shall be sent, from which device; the browser's own choice when absent. */
export interface Wanted {
  sources: readonly MediaSource[]
  cameraId?: string | undefined
  microphoneId?: string | undefined
}

export class Outgoing {
  readonly #tracks = new Map<MediaSource, LocalTrack>()
  readonly #changed: () => void
  #line: LiveKitLine | undefined
  /** One thing after the other: two clicks are not two cameras. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get sources(): ReadonlySet<MediaSource> {
    return new Set(this.#tracks.keys())
  }

  trackOf(source: MediaSource): LocalTrack | undefined {
    return this.#tracks.get(source)
  }

  /** Takes and sends what is not sent yet. Rejects with a `Refusal` by what the device said. */
  send(wanted: Wanted): Promise<void> {
    return this.#inTurn(async () => {
      const sources = wanted.sources.filter((source) => !this.#tracks.has(source))
      if (sources.length === 0) return
      const tracks = await taken({ ...wanted, sources })
      for (const track of tracks) {
        this.#tracks.set(ownSourceOf(track), track)
        whenEnded(track, () => void this.stop(ownSourceOf(track)))
      }
      try {
        for (const track of tracks) await this.#carry(track)
      } catch (error) {
        for (const track of tracks) await this.#drop(ownSourceOf(track))
        throw error
      } finally {
        this.#changed()
      }
    })
  }

  stop(source: MediaSource): Promise<void> {
    return this.#inTurn(() => this.#drop(source))
  }

  mute(source: MediaSource, isMuted: boolean): Promise<void> {
    return this.#inTurn(async () => {
      const track = this.#tracks.get(source)
      if (!(track instanceof LocalAudioTrack || track instanceof LocalVideoTrack)) return
      try {
        await (isMuted ? track.mute() : track.unmute())
      } catch (error) {
        throw deviceRefusal(error)
      } finally {
        this.#changed()
      }
    })
  }

  /** From another device, where that source is sent. */
  switchTo(source: MediaSource, deviceId: string): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#tracks.get(source)?.setDeviceId(deviceId)
      } catch (error) {
        throw deviceRefusal(error)
      } finally {
        this.#changed()
      }
    })
  }

  /** There is another line, or none: what is sent goes on as soon as there is one. */
  use(line: LiveKitLine | undefined): void {
    this.#line = line
    if (!line) return
    void this.#inTurn(async () => {
      for (const [source, track] of this.#tracks) {
        if (this.#line !== line) return
        if (!line.granted.has(source) || isOver(track)) {
          await this.#drop(source)
          continue
        }
        try {
          await line.publish(track)
        } catch {
          // Lost again, and the next line carries it; or refused, and it is sent no more.
          if (this.#line === line) await this.#drop(source)
        }
      }
      this.#changed()
    })
  }

  /** What may no longer be sent stops, and its device with it. */
  agree(granted: ReadonlySet<MediaSource>): void {
    for (const source of this.#tracks.keys()) {
      if (!granted.has(source)) void this.stop(source)
    }
  }

  async stopAll(): Promise<void> {
    await this.#inTurn(async () => {
      for (const source of this.#tracks.keys()) await this.#drop(source)
    })
  }

  async #carry(track: LocalTrack): Promise<void> {
    const line = this.#line
    // Lost while the device was asked for: the next line carries it.
    if (!line) return
    // Taken away while the device was asked for.
    if (!line.granted.has(ownSourceOf(track))) refuseMedia('not_granted')
    try {
      await line.publish(track)
    } catch (error) {
      if (this.#line !== line) return
      const message = 'Picture and sound are away for the moment. Chat goes on.'
      throw new Refusal({ code: 'media_unavailable', message, about: error })
    }
  }

  async #drop(source: MediaSource): Promise<void> {
    const track = this.#tracks.get(source)
    if (!track) return
    this.#tracks.delete(source)
    track.stop()
    track.detach()
    this.#changed()
    // It is stopped; a line that cannot say so is about to be lost.
    await this.#line?.unpublish(track).catch(() => undefined)
  }

  #inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(run)
    this.#turn = result.catch(() => undefined)
    return result
  }
}

/** Nothing else is taken here. */
function ownSourceOf(track: LocalTrack): MediaSource {
  return sourceOf(track) ?? 'camera'
}

function isScreen({ source }: LocalTrack): boolean {
  return source === Track.Source.ScreenShare || source === Track.Source.ScreenShareAudio
}

/** Ended while there was no line. Of a camera it means that it is muted. */
function isOver(track: LocalTrack): boolean {
  return isScreen(track) && track.mediaStreamTrack.readyState === 'ended'
}

/** A screen ends by the browser's own button; a device that is gone is replaced or muted. */
function whenEnded(track: LocalTrack, call: () => void): void {
  if (isScreen(track)) track.mediaStreamTrack.addEventListener('ended', call, { once: true })
}

async function taken({ sources, cameraId, microphoneId }: Wanted): Promise<LocalTrack[]> {
  demandDevices()
  const has = (source: MediaSource) => sources.includes(source)
  const device = (deviceId: string | undefined) =>
    deviceId ? { deviceId: { exact: deviceId } } : {}
  try {
    if (has('screen_share')) {
      if (!('getDisplayMedia' in navigator.mediaDevices)) refuseMedia('media_unsupported')
      return await createLocalScreenTracks({ audio: has('screen_share_audio') })
    }
    return await createLocalTracks({
      audio: has('microphone') && { ...roomOptions.audioCaptureDefaults, ...device(microphoneId) },
      video: has('camera') && { ...roomOptions.videoCaptureDefaults, ...device(cameraId) },
    })
  } catch (error) {
    throw deviceRefusal(error)
  }
}
