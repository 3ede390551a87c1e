/**
 * The floor of a room: who may be heard, who waits for a turn, who leads while the host is away
 * (AUDIO-03…13; B6, B7, B9). State says how it stands; the log says who came to speak and who left.
 */
import { z } from 'zod'
import { type Entry, type Person, requestId } from '../kit/protocol.ts'

export const floorLimits = {
  /** Seats in a room of any kind, the host's included; `state.floor.seatsMax` says how many. */
  seatsMax: 100,
  /** Hands that are up at a time; all of them are in the state. */
  handsMax: 200,
  invitationsMax: 100,
  /** Hands and seats that the audience of a room takes, however many people they are. */
  crowdPerSecond: 20,
  crowdBurst: 100,
  /** Silenced people who are remembered without a seat; one more forgets the oldest. */
  silencedMax: 500,
  /** Who was put out and who left is remembered for so long, as what they hold may let them in. */
  goneKeptMs: 15 * 60_000,
  /** So many of each; one more forgets the oldest. */
  outKeptMax: 2_000,
  leftKeptMax: 500,
  /** A longer list of them is told to the journal once a second, not with each change. */
  goneToldAtOnceMax: 50,
  /** Sign-ins that ended are remembered as long, the newest of them. */
  endedSignInsKeptMax: 2_000,
  /** An invitation that nobody answers is over after so long. */
  invitationMs: 60_000,
  /** A guest's turn, where the crew gives turns. */
  turnSecondsMin: 30,
  turnSecondsMax: 1_800,
  /** A host, or who leads instead, may be away for so long before somebody else leads. */
  leadGraceMs: 30_000,
  /** After so long it is said that the host is away: a page that is loaded again is not. */
  missedAfterMs: 5_000,
  /** So long it is told that the host's encoder was lost; then it was put away. */
  encoderLostKeptMs: 5 * 60_000,
  /** A room that is live and that nobody has led for so long ends. */
  abandonedAfterMs: 15 * 60_000,
} as const

/** What somebody may do on the floor, least to most. */
export const floorRoles = ['listener', 'speaker', 'moderator', 'host'] as const
export type FloorRole = (typeof floorRoles)[number]

/** In whichever case; rooms know people by small letters. */
const userId = z.string().min(1).max(64).toLowerCase()

/** Everybody: puts the own hand up, behind all that are up. Reply: `HandRaised`. */
export const floorRaise = z.strictObject({ requestId })
/** Takes the own hand down; crew: also somebody else's. */
export const floorLower = z.strictObject({ requestId, userId: z.optional(userId) })
export type FloorLower = z.infer<typeof floorLower>
/** Crew: takes all hands down. */
export const floorClear = z.strictObject({ requestId })
/** Crew: asks somebody who is here to speak; whoever has a hand up keeps the place until then. */
export const floorInvite = z.strictObject({ requestId, userId })
export type FloorInvite = z.infer<typeof floorInvite>
/** Says no to the own invitation; crew: takes back somebody else's. */
export const floorDecline = z.strictObject({ requestId, userId: z.optional(userId) })
export type FloorDecline = z.infer<typeof floorDecline>
/** Takes a seat, a free one unless told: crew at will, others invited or where seats are open. */
export const floorSit = z.strictObject({
  requestId,
  seat: z
    .number()
    .int()
    .min(1)
    .max(floorLimits.seatsMax - 1)
    .optional(),
})
export type FloorSit = z.infer<typeof floorSit>
/** Leaves the own seat. */
export const floorStand = z.strictObject({ requestId })
/** Crew: moves a speaker to the audience. */
export const floorRemove = z.strictObject({ requestId, userId })
export type FloorRemove = z.infer<typeof floorRemove>
/** A speaker: mutes and unmutes their own microphone. */
export const floorMute = z.strictObject({ requestId, isMuted: z.boolean() })
export type FloorMute = z.infer<typeof floorMute>
/** Crew: a silenced speaker is not heard and cannot unmute until it is taken back. */
export const floorSilence = z.strictObject({ requestId, userId, isSilenced: z.boolean() })
export type FloorSilence = z.infer<typeof floorSilence>
/** Host: who leads when the host is away; null names nobody. */
export const floorSuccessor = z.strictObject({ requestId, userId: z.nullable(userId) })
export type FloorSuccessor = z.infer<typeof floorSuccessor>
/** Host: whether anybody may take a free seat. */
export const floorOpen = z.strictObject({ requestId, isOpen: z.boolean() })
export type FloorOpen = z.infer<typeof floorOpen>
/** Crew: how long guests may speak each; 0 sets no end. Turns of who has a seat begin anew. */
export const floorTurns = z.strictObject({
  requestId,
  seconds: z.union([
    z.literal(0),
    z.number().int().min(floorLimits.turnSecondsMin).max(floorLimits.turnSecondsMax),
  ]),
})
export type FloorTurns = z.infer<typeof floorTurns>
/** Crew: gives a guest a whole turn from now on. */
export const floorTurn = z.strictObject({ requestId, userId })
export type FloorTurn = z.infer<typeof floorTurn>

/** The place of a hand in the queue, from 1. */
export interface HandRaised {
  place: number
}

type Somebody = Pick<Person, 'id' | 'name'>

/** `floor.seated`: somebody came to speak; also the reply to `floor.sit`. */
export interface FloorSeated extends Entry {
  who: Somebody
  seat: number
}
/** `floor.left`: gone is who left the room or was away for too long; `turn_over` who had a turn. */
export interface FloorLeft extends Entry {
  who: Somebody
  why: 'left' | 'removed' | 'gone' | 'sanctioned' | 'turn_over'
}
/** `floor.silenced`: a moderator took somebody's voice, or gave it back. */
export interface FloorSilenced extends Entry {
  who: Somebody
  isSilenced: boolean
}
/** `floor.led`: somebody leads in the host's absence; null once the host is back. */
export interface FloorLed extends Entry {
  leader: Somebody | null
}

export interface FloorEvents {
  'floor.seated': FloorSeated
  'floor.left': FloorLeft
  'floor.silenced': FloorSilenced
  'floor.led': FloorLed
}

export const floorRefusals = {
  floor_closed: 'Nobody speaks here any more: the room is over.',
  hand_up: 'Your hand is up already.',
  hand_down: 'That hand is not up.',
  queue_full: 'Too many hands are up. Try again in a moment.',
  not_here: 'This person is not in the room.',
  already_seated: 'They have a seat already.',
  not_seated: 'Only speakers can do that.',
  not_invited: 'Raise your hand and wait to be invited.',
  invitations_full: 'Too many invitations are open. Wait until some are answered.',
  seat_taken: 'Somebody else took that seat.',
  seats_full: 'All seats are taken.',
  floor_crowded: 'Many people are coming to speak. Try again in a moment.',
  silenced: 'A moderator has muted you.',
  no_turns: 'They have no turn at the moment.',
} as const
