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

/** `ownId` is the person's own: they do not hear themselves out of another tab. */
export async function openLine(
  ticket: MediaTicket,
  ownId: string,
  handlers: LineHandlers,
): Promise<LiveKitLine> {
  const room = new Room(roomOptions)
  const line = new LiveKitLine(room, ownId, handlers)
  await room.connect(ticket.url, ticket.token, { maxRetries: 0 })
  return line
}

export class LiveKitLine implements MediaLine {
  readonly #room: Room
  readonly #ownId: string
  readonly #flow = new FlowMeter()
  #volume = 1
  #quality: MediaQuality = 'auto'

  constructor(room: Room, ownId: string, handlers: LineHandlers) {
    this.#room = room
    this.#ownId = ownId
    const changed = () => handlers.changed()
    for (const event of changes) room.on(event, changed)
    room
      .on(RoomEvent.ActiveSpeakersChanged, () => handlers.levels())
      .on(RoomEvent.TrackSubscribed, (track, publication, participant) =>
        this.#came(track, publication, participant),
      )
      .on(RoomEvent.TrackUnsubscribed, (track) => void track.detach())
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
    return peopleOf([this.#room.localParticipant, ...this.#room.remoteParticipants.values()])
  }

  trackOf(userId: string, source: MediaSource): Attachable | undefined {
    for (const participant of this.#room.remoteParticipants.values()) {
      if (personOfMedia(participant.identity) !== userId) continue
      const track = participant.getTrackPublication(livekitSources[source])?.track
      if (track) return track
    }
    return undefined
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
    // Sound under a picture's name is nobody's voice.
    const source = sourceOf(publication)
    const isSound = source === 'microphone' || source === 'screen_share_audio'
    if (personOfMedia(by.identity) === this.#ownId || !isSound) return
    track.attach()
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
