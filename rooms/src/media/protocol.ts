/** Media of a room: what may be sent, the ticket that lets a client in, the names of its noes. */
import { z } from 'zod'
import { requestId } from '../kit/protocol.ts'

/** What people send, by the names LiveKit has for it. */
export const mediaSources = ['camera', 'microphone', 'screen_share', 'screen_share_audio'] as const
export type MediaSource = (typeof mediaSources)[number]

export const mediaLimits = {
  /** Within this a ticket must be used; a connection that stands is not bound by it. */
  ticketMs: 2 * 60_000,
  /** A look into another room lasts so long; whoever may still look asks anew. */
  visitMs: 10 * 60_000,
  /** Connections of one person, tabs and devices; one more puts out the oldest. */
  tabsPerPersonMax: 4,
} as const

/** Made by the client: tells the connections of one person apart. */
export const mediaTab = z.string().regex(/^[a-z0-9]{1,16}$/)

/** Everybody who is here. Reply: `MediaTicket`, made anew each time it is asked for. */
export const mediaTicketAsk = z.strictObject({ requestId: requestId.optional(), tab: mediaTab })
export type MediaTicketAsk = z.infer<typeof mediaTicketAsk>

/** Lets one connection of one person into the media of one room, if it comes soon. */
export interface MediaTicket {
  /** Where the media server is, `ws://` or `wss://`. */
  url: string
  token: string
  /** Who this connection is to others: `personOfMedia(identity)` is the person's id. */
  identity: string
  /** Unix ms. */
  expiresAt: number
}

/** What the connection of a person's encoder is called among theirs; no ticket is given for it. */
export const encoderTab = 'encoder'

/** Connections of people of another room who look in; nobody chooses such a name. */
const visit = 'visit'
export const visitTab = (tab: string): string => `${visit}${tab}`
export const isReservedTab = (tab: string): boolean => tab === encoderTab || tab.startsWith(visit)
export const isVisit = (identity: string): boolean =>
  identity.slice(identity.lastIndexOf('_') + 1).startsWith(visit)

export const mediaIdentity = (userId: string, tab: string): string => `${userId}_${tab}`

const mediaIdentities = /^[A-Za-z0-9-]{1,64}_(?:visit)?[a-z0-9]{1,16}$/

/**
 * Whether a connection's name is one that `mediaIdentity` makes, sign for sign. A media server may
 * let clients add to theirs; what came of it is nobody's, whatever it begins or ends with.
 */
export const isMediaIdentity = (identity: string): boolean => mediaIdentities.test(identity)

/** The id of the person whose connection it is. */
export const personOfMedia = (identity: string): string =>
  identity.slice(0, Math.max(0, identity.lastIndexOf('_')))

export const mediaRefusals = {
  media_unavailable: 'Picture and sound are away for the moment. Chat goes on.',
  not_begun: 'Picture and sound open when the stream is live.',
} as const
