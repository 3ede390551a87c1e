/** What picture and sound are to a program: no word of who carries them. */
import type { MediaSource } from '@odeon/rooms/protocol'

/**
 * - `off`: not wanted, or no longer allowed
 * - `connecting`: for the first time
 * - `on`: carried
 * - `reconnecting`: lost a moment ago and coming back
 * - `unavailable`: away; tried again and again until they are back, chat goes on meanwhile
 */
export type MediaStatus = 'off' | 'connecting' | 'on' | 'reconnecting' | 'unavailable'

/** Somebody who sends, yourself included; all tabs of a person together. */
export interface MediaPerson {
  /** What they send, muted or not. */
  readonly sources: ReadonlySet<MediaSource>
  /** Of those, what they muted. */
  readonly muted: ReadonlySet<MediaSource>
  readonly isSpeaking: boolean
  /** How loud they are, 0–1. */
  readonly level: number
}

/** Most that is received of pictures: `auto` is what fits the element and the line. */
export type MediaQuality = 'auto' | 'low' | 'medium' | 'high'

export type MediaDeviceType = 'camera' | 'microphone' | 'speaker'

export interface MediaDevice {
  readonly deviceId: string
  /** Empty until the person let the page use one of its kind. */
  readonly label: string
}

/** Of one direction, all tracks together, since `stats()` was last asked. */
export interface MediaFlow {
  readonly bitrateBps: number
  /** Packets that did not arrive, 0–1. */
  readonly lossShare: number
  /** Undefined until it was measured. */
  readonly rttMs: number | undefined
}

export interface MediaStats {
  readonly sent: MediaFlow
  readonly received: MediaFlow
}

export interface MicrophoneOptions {
  deviceId?: string
}

export interface CameraOptions {
  deviceId?: string
  /** Default true: the microphone is published with it. */
  withMicrophone?: boolean
}

/** `changed`: anything but levels; `levels`: who speaks and how loud, several times a second. */
export type MediaEvent = 'changed' | 'levels'
