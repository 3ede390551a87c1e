/** What the moderation API takes and gives: shapes and bounds. */
import { moderationLimits, problem, reportReasons, sanctionKinds } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { channelLimits, plainText } from '../channels/protocol.ts'
import { uuid } from '../platform/http/ids.ts'

export const deskLimits = {
  pageMax: 100,
  reportCharsMax: 500,
  noteCharsMax: 500,
  appealCharsMin: 10,
  appealCharsMax: 1_000,
  /** Reports of one person in a day. */
  reportsPerDayMax: 50,
  ownSanctionsMax: 100,
} as const

const handle = z
  .string()
  .min(1)
  .max(channelLimits.nameCharsMax)
  .regex(/^[A-Za-z0-9_]+$/)
export const handleParams = z.object({ handle })
const text = (max: number) => plainText(max)
const optionalText = (max: number) =>
  text(max)
    .transform((value) => (value === '' ? undefined : value))
    .optional()
export const reason = optionalText(moderationLimits.reasonCharsMax)

export const pageQuery = {
  before: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(deskLimits.pageMax).default(50),
}

export const flagTypes = ['user', 'stream', 'message', 'content'] as const
export const flagStatuses = ['pending', 'reviewed', 'resolved'] as const
const flagActions = ['warn', 'blur', 'ban', 'delete', 'none'] as const
/** What somebody who decides can do; the flag keeps which of `flagActions` that is. */
export const measures = [
  'none',
  'warn',
  'delete',
  'timeout',
  'ban',
  'suspend',
  'end_stream',
] as const
export type Measure = (typeof measures)[number]

export const reportBody = z.strictObject({
  targetType: z.enum(flagTypes),
  /** Id of the person, stream, chat line, or (`content`) channel. */
  targetId: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  /** Needed with `message`; otherwise where it was seen. */
  streamId: uuid.optional(),
  reason: z.enum(reportReasons),
  text: optionalText(deskLimits.reportCharsMax),
})
export type Report = z.output<typeof reportBody>

const somebody = z.object({ id: uuid, name: z.string() })
const somewhere = z.object({ id: uuid, handle: z.string(), name: z.string() })

export const flagView = z.object({
  id: uuid,
  /** Unix ms. */
  at: z.number(),
  type: z.enum(flagTypes),
  targetId: z.string(),
  /** A closed list for people's reports; of automatic flags the category of the scorer. */
  reason: z.string(),
  /** What the reporter wrote. */
  text: z.string().nullable(),
  /** What it is about, as the archive has it. */
  excerpt: z.string().nullable(),
  score: z.number().nullable(),
  isAutomatic: z.boolean(),
  /** Staff alone learn who reported. */
  reporter: somebody.nullable(),
  /** How many flags this target has. */
  flags: z.number().int(),
  subject: somebody.extend({ username: z.string().nullable() }).nullable(),
  channel: somewhere.nullable(),
  streamId: uuid.nullable(),
  /** Where the line stands in the log of its stream, when it is there. */
  seq: z.number().nullable(),
  status: z.enum(flagStatuses),
  action: z.enum(flagActions),
  measure: z.enum(measures).nullable(),
  decided: z
    .object({ by: somebody.nullable(), at: z.number(), note: z.string().nullable() })
    .nullable(),
  /** Until when the decision can be taken back, Unix ms. */
  undoUntil: z.number().nullable(),
})
export type FlagView = z.output<typeof flagView>

export const queueQuery = z.object({
  status: z.enum(flagStatuses).default('pending'),
  type: z.enum(flagTypes).optional(),
  channel: handle.optional(),
  automatic: z.stringbool().optional(),
  subject: uuid.optional(),
  ...pageQuery,
})

export const decisionBody = z
  .strictObject({
    status: z.enum(['reviewed', 'resolved']).default('resolved'),
    action: z.enum(measures).default('none'),
    note: optionalText(deskLimits.noteCharsMax),
    seconds: z
      .number()
      .int()
      .min(moderationLimits.timeoutSecondsMin)
      .max(moderationLimits.timeoutSecondsMax)
      .optional(),
    /** Staff: the timeout or ban holds in every room. */
    everywhere: z.boolean().default(false),
  })
  .refine(({ status, action }) => status === 'resolved' || action === 'none', {
    path: ['action'],
    message: problem('no_action'),
  })
export type Decision = z.output<typeof decisionBody>

export const appealBody = z.strictObject({
  text: text(deskLimits.appealCharsMax).refine(
    (value) => [...value].length >= deskLimits.appealCharsMin,
    problem('too_short', { min: deskLimits.appealCharsMin }),
  ),
})
export const appealStatuses = ['open', 'upheld', 'lifted'] as const

/** Beside what stands in chat: decisions about accounts, and about streams that staff ended. */
const decidedKinds = [...sanctionKinds, 'suspension', 'stream_end'] as const

export const sanctionView = z.object({
  id: uuid,
  kind: z.enum(decidedKinds),
  until: z.number().nullable(),
  reason: z.string().nullable(),
  by: z.enum(['host', 'moderator', 'staff', 'house']),
  scope: z.enum(['channel', 'everywhere']),
  mayAppeal: z.boolean(),
  /** Unix ms. */
  at: z.number(),
  stands: z.boolean(),
  /** Ended before its time, Unix ms. */
  liftedAt: z.number().nullable(),
  /** It comes from a shared list. */
  isListed: z.boolean(),
  channel: somewhere.nullable(),
  /** With `stream_end`: which one. */
  stream: z.object({ id: uuid, title: z.string() }).nullable(),
  appeal: z
    .object({
      status: z.enum(appealStatuses),
      text: z.string(),
      at: z.number(),
      note: z.string().nullable(),
      decidedAt: z.number().nullable(),
    })
    .nullable(),
})
export type SanctionView = z.output<typeof sanctionView>

/** The same for the crew: with whom it is about and who decided. */
export const crewSanctionView = sanctionView.extend({
  person: somebody,
  decidedBy: somebody.nullable(),
})
export type CrewSanctionView = z.output<typeof crewSanctionView>

export const appealView = z.object({
  id: uuid,
  at: z.number(),
  status: z.enum(appealStatuses),
  text: z.string(),
  sanction: crewSanctionView,
  decided: z
    .object({ by: somebody.nullable(), at: z.number(), note: z.string().nullable() })
    .nullable(),
  /** False for whoever sanctioned, while somebody else can decide. */
  mayDecide: z.boolean(),
  /** Until when the decision can be taken back, Unix ms. */
  undoUntil: z.number().nullable(),
})
export type AppealView = z.output<typeof appealView>

export const actionView = z.object({
  id: uuid,
  at: z.number(),
  kind: z.string(),
  by: z.object({ id: uuid.nullable(), name: z.string(), role: z.string() }),
  target: z.object({ id: uuid.nullable(), name: z.string().nullable() }).nullable(),
  reason: z.string().nullable(),
  channel: somewhere.nullable(),
  streamId: uuid.nullable(),
  sanctionId: uuid.nullable(),
  undoes: uuid.nullable(),
  isUndone: z.boolean(),
  undoUntil: z.number().nullable(),
  lines: z.array(z.object({ id: z.string(), userId: z.string(), text: z.string() })),
  details: z.record(z.string(), z.unknown()),
})
export type ActionView = z.output<typeof actionView>

export const auditQuery = z.object({
  by: uuid.optional(),
  target: uuid.optional(),
  kind: z
    .string()
    .max(40)
    .regex(/^[a-z_]+$/)
    .optional(),
  /** Unix ms. */
  from: z.coerce.number().int().min(0).max(8e15).optional(),
  to: z.coerce.number().int().min(0).max(8e15).optional(),
  ...pageQuery,
})
export type AuditQuery = z.output<typeof auditQuery>

const crewMember = somebody.extend({ username: z.string().nullable(), since: z.number() })
export const crewView = z.object({
  host: somebody.extend({ username: z.string().nullable() }),
  moderators: z.array(crewMember),
  vips: z.array(crewMember),
})
export type CrewView = z.output<typeof crewView>
