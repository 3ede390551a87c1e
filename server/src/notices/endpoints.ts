/** What a person was told, page by page, and marking it as read. */
import { noticeKinds, noticeLimits } from '@odeon/rooms'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { NoticeDesk } from './notices.ts'
import { uuid } from '../platform/http/ids.ts'

const noticeView = z.object({
  id: uuid,
  kind: z.enum(noticeKinds),
  at: z.number(),
  readAt: z.number().nullable(),
  channel: z.object({ id: z.string(), handle: z.string(), name: z.string() }).nullable(),
  from: z.object({ id: z.string(), name: z.string() }).nullable(),
  text: z.string().nullable(),
  path: z.string().nullable().describe('where a click leads, a path of the web app'),
  sanctionId: z.string().nullable(),
  until: z.number().nullable(),
})
const unread = z.number().int().nonnegative()

export function noticeEndpoints({ page, box }: Pick<NoticeDesk, 'page' | 'box'>): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/me/notices',
        summary: 'What the caller was told, newest first; kept for 90 days, at most 500.',
        auth: 'user',
        query: z.object({
          before: uuid.optional().describe('id of the last one of the page before'),
          limit: z.coerce.number().int().min(1).max(noticeLimits.pageMax).default(20),
        }),
        reply: z.object({ notices: z.array(noticeView), more: z.boolean(), unread }),
      },
      ({ identity, query }) => page(identity.userId, query),
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/me/notices/read',
        summary: 'Marks one notice as read, or all. Again changes nothing.',
        auth: 'user',
        body: z.object({ id: uuid.optional() }),
        reply: z.object({ unread }),
      },
      ({ identity, body }) => box.read(identity.userId, body.id),
    ),
  ]
}
