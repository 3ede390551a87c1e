/** The host's encoder as the room shows it: there or lost, and what comes of it. */
import type { EncoderLink } from '../media/media.ts'
import { floorLimits } from './protocol.ts'
import type { HostEncoder } from './state.ts'

const nothing = { since: 0, hasPicture: false, hasSound: false }

/** The media told how it stands; undefined when none is connected. */
export function showEncoder(shown: HostEncoder, link: EncoderLink | undefined, now: number): void {
  if (link === undefined) {
    if (shown.since > 0) shown.assign({ ...nothing, lostAt: now })
    return
  }
  const { since, sources } = link
  shown.assign({
    // The media server's clock may be ahead.
    since: Math.min(since, now),
    hasPicture: sources.includes('camera') || sources.includes('screen_share'),
    hasSound: sources.includes('microphone') || sources.includes('screen_share_audio'),
    lostAt: 0,
  })
}

/** About once a second: one that does not come back was put away, not lost. */
export function forgetLostEncoder(shown: HostEncoder, now: number): void {
  const isPast = shown.lostAt > 0 && now - shown.lostAt >= floorLimits.encoderLostKeptMs
  if (isPast) shown.lostAt = 0
}

/** Nothing is known of it any more: the media are away, or the stream is over. */
export function resetEncoder(shown: HostEncoder): void {
  if (shown.since > 0 || shown.lostAt > 0) shown.assign({ ...nothing, lostAt: 0 })
}
