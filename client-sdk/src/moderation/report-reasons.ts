/** Why something is reported, in the order in which people are offered them. */
import type { ReportReason } from '@odeon/rooms/protocol'

export const reportReasons = [
  'spam',
  'harassment',
  'hate',
  'sexual',
  'violence',
  'self_harm',
  'child_safety',
  'impersonation',
  'illegal',
  'other',
] as const satisfies readonly ReportReason[]
