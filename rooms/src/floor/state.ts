/**
 * How the floor stands: seats, hands, invitations, who leads. Each has a bound, so its size does
 * not depend on the audience.
 */
import { type SchemaType, schema, t } from '@colyseus/schema'
import type { FloorRole } from './protocol.ts'

/** Somebody with a seat. */
export const Speaker = schema(
  {
    name: t.string(),
    role: t.string<Exclude<FloorRole, 'listener'>>(),
    /** 0 is the host's. */
    seat: t.uint8(),
    /** Their own doing. */
    isMuted: t.boolean().default(false),
    /** A moderator's doing. */
    isSilenced: t.boolean().default(false),
    /** A moderator gave the voice back: nothing of theirs is heard until they unmute. */
    isHeldBack: t.boolean().default(false),
    /** The media carry their microphone now; who speaks into it they tell clients themselves. */
    isAudible: t.boolean().default(false),
    /** Unix ms. */
    since: t.float64(),
    /** They were asked to speak, instead of taking a seat that was open to anybody. */
    isInvited: t.boolean().default(false),
    /** When their turn is over, Unix ms; 0 while they may speak without an end. */
    turnUntil: t.float64().default(0),
  },
  'Speaker',
)
export type Speaker = SchemaType<typeof Speaker>

/** A hand that is up. `no` grows: the lowest is first in the queue. */
export const Hand = schema({ name: t.string(), no: t.uint32(), at: t.float64() }, 'Hand')
export type Hand = SchemaType<typeof Hand>

/** Somebody was asked to speak and has not answered; over at `until`, Unix ms. */
export const Invitation = schema(
  { name: t.string(), by: t.string(), until: t.float64() },
  'Invitation',
)
export type Invitation = SchemaType<typeof Invitation>

/** What sends for the host from outside of a browser; by no more than any viewer sees and hears. */
export const HostEncoder = schema(
  {
    /** Connected since, Unix ms; 0 while it is not. */
    since: t.float64().default(0),
    hasPicture: t.boolean().default(false),
    hasSound: t.boolean().default(false),
    /** When its connection ended, Unix ms; 0 while it stands, and once it does not come back. */
    lostAt: t.float64().default(0),
  },
  'HostEncoder',
)
export type HostEncoder = SchemaType<typeof HostEncoder>

export const Floor = schema(
  {
    /** Anybody may take a free seat. */
    isOpen: t.boolean().default(false),
    seatsMax: t.uint8().default(0),
    /** Voices are carried at this moment; without media the room goes on. */
    hasMedia: t.boolean().default(false),
    /** All three by user id. */
    speakers: t.map(Speaker),
    hands: t.map(Hand),
    invitations: t.map(Invitation),
    /** Who leads in the host's absence; empty while the host does, or nobody. */
    leaderId: t.string().default(''),
    /** Whom the host named to lead then. */
    successorId: t.string().default(''),
    /** Until when the host is waited for, Unix ms; 0 while they are here. */
    hostAwayUntil: t.float64().default(0),
    /** Whom moderators silenced, by user id, with a seat or without; the newest of them. */
    silenced: t.map('boolean'),
    /** Somebody's picture or sound is carried at this moment. */
    isCarrying: t.boolean().default(false),
    encoder: t.ref(HostEncoder),
    /** Guests speak for so long each; 0 is without an end. */
    turnSeconds: t.uint16().default(0),
  },
  'Floor',
)
export type Floor = SchemaType<typeof Floor>
