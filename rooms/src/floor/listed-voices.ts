/** The speakers of a floor as lists show them: few, the lowest seats first. */
import { type ListedVoice, lobbyLimits } from '../lobby/protocol.ts'
import type { Floor } from './state.ts'

export function listedVoices(floor: Floor): ListedVoice[] {
  return Array.from(floor.speakers)
    .sort(([, one], [, other]) => one.seat - other.seat)
    .slice(0, lobbyLimits.voicesMax)
    .map(([id, { name, isAudible }]) => ({ id, name, isAudible }))
}
