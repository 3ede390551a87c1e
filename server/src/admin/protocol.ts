/** What whoever runs the house is shown of it. Times are Unix ms. */
import { z } from 'zod'
import { adminUser } from '../accounts/protocol.ts'
import { uuid } from '../platform/http/ids.ts'

export const adminLimits = {
  /** Rooms of one answer, the fullest first. */
  roomsMax: 500,
  usersPageMax: 100,
  queryCharsMax: 100,
} as const

export const adminRoom = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string().nullable().describe('of a live stream'),
  channel: z.string().nullable().describe('handle, of a live stream'),
  clients: z.number().int().describe('sockets connected'),
  viewers: z.number().int().describe('of a live stream'),
  stateBytes: z.number().int().describe('of the whole state, as a joiner gets it'),
  frameMs: z.number().describe('making one frame and writing it to all, average'),
  tickMs: z.number().describe('between two frames; 0 means at once'),
  messagesPerMinute: z.number().int(),
  entries: z.number().int().describe('number of the newest log entry'),
  since: z.number().describe('when the room opened in its process'),
})
export type AdminRoom = z.output<typeof adminRoom>

export const listedUser = adminUser.extend({
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  /** Handle of their channel. */
  channel: z.string().nullable(),
  sanctions: z.number().int().describe('that stand against them now, here or everywhere'),
})
export type ListedUser = z.output<typeof listedUser>

export const usersQuery = z.object({
  query: z.string().trim().max(adminLimits.queryCharsMax).optional(),
  role: z.enum(['user', 'moderator', 'admin']).optional(),
  suspended: z.stringbool().optional(),
  before: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(adminLimits.usersPageMax).default(50),
})
export type UsersQuery = z.output<typeof usersQuery>

export const overview = z.object({
  at: z.number(),
  live: z.object({
    streams: z.number().int().describe('in the whole house'),
    rooms: z.number().int().describe('open in all processes, of every kind'),
    clients: z.number().int().describe('sockets in them'),
    viewers: z.number().int().describe('in its live streams'),
  }),
  queues: z.object({
    flags: z.number().int().describe('pending'),
    appeals: z.number().int().describe('open'),
  }),
  people: z.object({
    accounts: z.number().int(),
    suspended: z.number().int(),
    /** Since midnight UTC. */
    signupsToday: z.number().int(),
    guestsToday: z.number().int(),
  }),
  archive: z.object({
    queued: z.number().int(),
    stored: z.number().int().describe('since the start'),
    givenUp: z.number().int(),
    failingSince: z.number().nullable(),
  }),
  process: z.object({ startedAt: z.number(), memoryBytes: z.number().int() }),
})
export type Overview = z.output<typeof overview>
