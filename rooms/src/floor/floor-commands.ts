/** Commands of the floor, one line each, with who may say them there. */
import type { CommandTable } from '../kit/command.ts'
import { type FloorHolder, floorCommand } from './floor-command.ts'
import { declineInvitation, inviteSpeaker } from './invite-speaker.ts'
import { removeSpeaker, standUp } from './leave-seat.ts'
import { muteSelf, silenceSpeaker } from './mute-speaker.ts'
import { nameSuccessor, openSeats } from './order-floor.ts'
import {
  floorClear,
  floorDecline,
  floorInvite,
  floorLower,
  floorMute,
  floorOpen,
  floorRaise,
  floorRemove,
  floorRoles,
  floorSilence,
  floorSit,
  floorStand,
  floorSuccessor,
  floorTurn,
  floorTurns,
} from './protocol.ts'
import { clearHands, lowerHand, raiseHand } from './raise-hand.ts'
import { takeSeat } from './take-seat.ts'
import { giveTurn, setTurns } from './turns.ts'

const all = floorRoles
const crew = ['moderator', 'host'] as const
const host = ['host'] as const
/** What is written to the log, or told to everybody: slower than what else people say. */
const rate = { class: 'floor', perSecond: 1, burst: 10 }

export const floorCommands: CommandTable<FloorHolder> = {
  'floor.raise': floorCommand({ rate, shape: floorRaise, by: all, action: raiseHand }),
  'floor.lower': floorCommand({
    rate,
    shape: floorLower,
    by: all,
    forOthersBy: crew,
    action: lowerHand,
  }),
  'floor.clear': floorCommand({ shape: floorClear, by: crew, action: clearHands }),
  'floor.invite': floorCommand({ shape: floorInvite, by: crew, action: inviteSpeaker }),
  'floor.decline': floorCommand({
    rate,
    shape: floorDecline,
    by: all,
    forOthersBy: crew,
    action: declineInvitation,
  }),
  'floor.sit': floorCommand({ rate, shape: floorSit, by: all, action: takeSeat }),
  'floor.stand': floorCommand({ rate, shape: floorStand, by: all, action: standUp }),
  'floor.remove': floorCommand({ shape: floorRemove, by: crew, action: removeSpeaker }),
  'floor.mute': floorCommand({ shape: floorMute, by: all, action: muteSelf }),
  'floor.silence': floorCommand({ shape: floorSilence, by: crew, action: silenceSpeaker }),
  'floor.successor': floorCommand({ shape: floorSuccessor, by: host, action: nameSuccessor }),
  'floor.open': floorCommand({ shape: floorOpen, by: host, action: openSeats }),
  'floor.turns': floorCommand({ shape: floorTurns, by: crew, action: setTurns }),
  'floor.turn': floorCommand({ shape: floorTurn, by: crew, action: giveTurn }),
}
