/** Whose sound is not played, whatever the media server passes on: the floor says who is heard. */
import { encoderTab, mediaIdentity, type MediaSource } from '@odeon/rooms/protocol'

/** What is read of somebody's seat. */
export interface SeatSound {
  readonly isMuted: boolean
  readonly isSilenced: boolean
}

export interface HeardTrack {
  userId: string
  /** Of the connection that sends it. */
  identity: string
  source: MediaSource
}

/** Says of a track whether it is set aside. */
export type IsQuiet = (track: HeardTrack) => boolean

/**
 * Nothing of silenced people is played, and no microphone of muted ones. What their encoder sends
 * goes on, as it mixes by itself; whoever has no seat the floor says nothing of.
 */
export function isQuiet(seat: SeatSound | undefined, { userId, identity, source }: HeardTrack) {
  if (seat === undefined) return false
  const isVoice = source === 'microphone'
  if (seat.isSilenced) return isVoice || source === 'screen_share_audio'
  return seat.isMuted && isVoice && identity !== mediaIdentity(userId, encoderTab)
}
