/** The room's pulse, renewed every 5 s (LIVE-25). `head` lets a client see that it fell behind. */
import { type SchemaType, schema, t } from '@colyseus/schema'

export const Metrics = schema(
  {
    /** Unix ms of this measurement. */
    at: t.float64().default(0),
    /** `seq` of the newest log entry at that time. */
    head: t.uint32().default(0),
    messagesPerMinute: t.uint32().default(0),
    chattersInFiveMinutes: t.uint32().default(0),
    reactionsPerMinute: t.uint32().default(0),
    viewersPeak: t.uint32().default(0),
  },
  'Metrics',
)
export type Metrics = SchemaType<typeof Metrics>
