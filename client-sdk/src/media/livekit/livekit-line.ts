/** One connection to LiveKit. It brings LiveKit's client along, so it is loaded when wanted. */
import type { MediaSource, MediaTicket } from '@odeon/rooms/protocol'
import { personOfMedia } from '@odeon/rooms/protocol'
import {
  DisconnectReason,
  type LocalTrack,
  LogLevel,
  ParticipantEvent,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  VideoQuality,
} from 'livekit-client'
import type { Attachable, LineHandlers, LostBecause, MediaLine } from '../media-line.ts'
import type { IsQuiet } from '../quiet.ts'
import type { MediaPerson, MediaQuality, MediaStats } from '../media-shapes.ts'
import { FlowMeter } from './flow-meter.ts'
import { grantedOf, peopleOf } from './people-of.ts'
import { roomOptions } from './room-options.ts'
import { livekitSources, sourceOf } from './sources.ts'

// What goes wrong is told by status and refusals; LiveKit's own words are for its developers.
setLogLevel(LogLevel.silent)

const qualities: Readonly<Record<MediaQuality, VideoQuality>> = {
  auto: VideoQuality.HIGH,
  low: VideoQuality.LOW,
  medium: VideoQuality.MEDIUM,
  high: VideoQuality.HIGH,
}

const lostBecause: Partial<Record<DisconnectReason, LostBecause>> = {
  [DisconnectReason.DUPLICATE_IDENTITY]: 'replaced',
  [DisconnectReason.PARTICIPANT_REMOVED]: 'removed',
}

export interface LineOptions {
  /** The person's own: they do not hear themselves out of another tab. */
  ownId: string
  isQuiet: IsQuiet
  handlers: LineHandlers
}

export async function openLine(ticket: MediaTicket, options: LineOptions): Promise<LiveKitLine> {
  const room = new Room(roomOptions)
  const line = new LiveKitLine(room, options)
  await room.connect(ticket.url, ticket.token, { maxRetries: 0 })
  return line
}

export class LiveKitLine implements MediaLine {
  readonly #room: Room
  readonly #ownId: string
  readonly #isQuiet: IsQuiet
  /** Tracks that sound, each by an element of its own. */
  readonly #heard = new Map<RemoteTrack, HTMLMediaElement>()
  readonly #flow = new FlowMeter()
  #volume = 1
  #quality: MediaQuality = 'auto'

  constructor(room: Room, { ownId, isQuiet, handlers }: LineOptions) {
    this.#room = room
    this.#ownId = ownId
    this.#isQuiet = isQuiet
    const changed = () => handlers.changed()
    for (const event of changes) room.on(event, changed)
    room
      .on(RoomEvent.ActiveSpeakersChanged, () => handlers.levels())
      .on(RoomEvent.TrackSubscribed, (track, publication, participant) =>
        this.#came(track, publication, participant),
      )
      .on(RoomEvent.TrackUnsubscribed, (track) => {
        this.#heard.delete(track)
        track.detach()
      })
      .on(RoomEvent.SignalReconnecting, () => handlers.mending(true))
      .on(RoomEvent.Reconnecting, () => handlers.mending(true))
      .on(RoomEvent.Reconnected, () => handlers.mending(false))
      .on(RoomEvent.Disconnected, (reason) =>
        handlers.lost((reason !== undefined && lostBecause[reason]) || 'away'),
      )
    room.localParticipant.on(ParticipantEvent.ParticipantPermissionsChanged, changed)
  }

  get granted(): ReadonlySet<MediaSource> {
    return grantedOf(this.#room.localParticipant)
  }

  get isSoundBlocked(): boolean {
    return !this.#room.canPlaybackAudio
  }

  people(): Map<string, MediaPerson> {
    const { localParticipant, remoteParticipants } = this.#room
    return peopleOf([localParticipant, ...remoteParticipants.values()], this.#isQuiet)
  }

  trackOf(userId: string, source: MediaSource): Attachable | undefined {
    for (const participant of this.#room.remoteParticipants.values()) {
      const { identity } = participant
      if (personOfMedia(identity) !== userId) continue
      if (this.#isQuiet({ userId, identity, source })) continue
      const track = participant.getTrackPublication(livekitSources[source])?.track
      if (track) return track
    }
    return undefined
  }

  hush(): void {
    for (const participant of this.#room.remoteParticipants.values()) {
      for (const publication of participant.audioTrackPublications.values()) {
        const { track } = publication
        if (track) this.#hear(track, publication, participant)
      }
    }
  }

  setVolume(volume: number): void {
    this.#volume = volume
    for (const participant of this.#room.remoteParticipants.values()) {
      this.#sound(participant, Track.Source.Microphone)
      this.#sound(participant, Track.Source.ScreenShareAudio)
    }
  }

  setQuality(quality: MediaQuality): void {
    this.#quality = quality
    for (const { videoTrackPublications } of this.#room.remoteParticipants.values()) {
      for (const publication of videoTrackPublications.values()) {
        if (publication.isSubscribed) publication.setVideoQuality(qualities[quality])
      }
    }
  }

  async unblockSound(): Promise<void> {
    await this.#room.startAudio()
    await this.#room.startVideo()
  }

  async setSpeaker(deviceId: string): Promise<void> {
    await this.#room.switchActiveDevice('audiooutput', deviceId)
  }

  async stats(): Promise<MediaStats> {
    const { localParticipant, remoteParticipants } = this.#room
    const received = [...remoteParticipants.values()].flatMap((one) => [
      ...one.trackPublications.values(),
    ])
    return this.#flow.measure({
      sent: await reportsOf([...localParticipant.trackPublications.values()]),
      received: await reportsOf(received),
    })
  }

  /** The track stays the caller's: it outlives the line. */
  async publish(track: LocalTrack): Promise<void> {
    await this.#room.localParticipant.publishTrack(track)
  }

  async unpublish(track: LocalTrack): Promise<void> {
    await this.#room.localParticipant.unpublishTrack(track, false)
  }

  async close(): Promise<void> {
    await this.#room.disconnect(false)
  }

  #came(track: RemoteTrack, publication: RemoteTrackPublication, by: RemoteParticipant): void {
    if (track.kind === Track.Kind.Video) {
      publication.setVideoQuality(qualities[this.#quality])
      return
    }
    this.#hear(track, publication, by)
  }

  /** Sounds it, or sets it aside. */
  #hear(track: RemoteTrack, publication: RemoteTrackPublication, by: RemoteParticipant): void {
    const { identity } = by
    const userId = personOfMedia(identity)
    // Sound under a picture's name is nobody's voice.
    const source = sourceOf(publication)
    const isSound = source === 'microphone' || source === 'screen_share_audio'
    const isHeard =
      isSound && userId !== this.#ownId && !this.#isQuiet({ userId, identity, source })
    const element = this.#heard.get(track)
    if (isHeard === (element !== undefined)) return
    if (element) {
      this.#heard.delete(track)
      track.detach(element)
      return
    }
    this.#heard.set(track, track.attach())
    this.#sound(by, publication.source)
  }

  #sound(by: RemoteParticipant, source: Track.Source): void {
    by.setVolume(this.#volume, source as Track.Source.Microphone | Track.Source.ScreenShareAudio)
  }
}

interface Counted {
  track?: { getRTCStatsReport?(): Promise<RTCStatsReport | undefined> } | undefined
}

async function reportsOf(all: readonly Counted[]): Promise<(RTCStatsReport | undefined)[]> {
  return await Promise.all(all.map(async ({ track }) => await track?.getRTCStatsReport?.()))
}

const changes = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.AudioPlaybackStatusChanged,
  RoomEvent.VideoPlaybackStatusChanged,
] as const
