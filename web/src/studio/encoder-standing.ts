/** How the host's encoder stands, as a word: from what the room tells of it. */
import type { FloorEncoder } from '@odeon/sdk'

export type EncoderStanding =
  | 'starting'
  | 'good'
  | 'noPicture'
  | 'noSound'
  | 'nothing'
  | 'lost'
  | 'gone'

/** Picture and sound come one after the other. */
const startMs = 5_000
/** Encoders try again by themselves; who has not come back by then needs somebody to look. */
const returnMs = 60_000

export function encoderStanding(
  { since, hasPicture, hasSound, lostAt }: FloorEncoder,
  now: number,
): EncoderStanding {
  if (since === 0) return now - lostAt < returnMs ? 'lost' : 'gone'
  if (hasPicture && hasSound) return 'good'
  if (now - since < startMs) return 'starting'
  if (hasPicture) return 'noSound'
  return hasSound ? 'noPicture' : 'nothing'
}
