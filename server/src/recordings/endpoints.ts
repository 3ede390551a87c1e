/** Recordings over HTTP, for whoever may read the stream's log: all of what viewers saw. */
import { z } from 'zod'
import { partOf } from '../platform/http/byte-range.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { BytesReply } from '../platform/http/send-reply.ts'
import type { Streams } from '../streams/streams.ts'
import { recorderLimits } from './limits.ts'
import { replayView, segmentNameShape } from './protocol.ts'
import type { Recordings } from './recordings.ts'
import { uuid } from '../platform/http/ids.ts'

export interface RecordingEndpointsDeps {
  recordings: Recordings
  streams: Pick<Streams, 'find' | 'shown'>
}

const noSuchStream = { status: 404, text: 'There is no such stream.' }
const noSuchSegment = { status: 404, text: 'There is no such part of a recording.' }
const params = z.object({ id: uuid })
const limit = [{ limit: 'replay' }] as const
const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

export function recordingEndpoints(deps: RecordingEndpointsDeps): Endpoint[] {
  return [viewEndpoint(deps), segmentEndpoint(deps), entriesEndpoint(deps), removeEndpoint(deps)]
}

function viewEndpoint({ recordings }: RecordingEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/streams/:id/replay',
      summary: 'What is recorded of a stream: how long it is and of which segments it is made.',
      auth: 'none',
      params,
      limit,
      refusals: { not_found: noSuchStream },
      reply: replayView,
    },
    async ({ params: { id }, refuse }) => (await recordings.view(id)) ?? refuse('not_found'),
  )
}

function segmentEndpoint({ recordings }: RecordingEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/streams/:id/replay/segments/:name',
      summary:
        'A segment of a recording: gzip of lines, docs/replay.md says of which. It never changes.',
      auth: 'none',
      params: z.object({ id: uuid, name: segmentNameShape }),
      limit,
      refusals: {
        not_found: noSuchSegment,
        range_not_satisfiable: { status: 416, text: 'It is not that long.' },
      },
      produces: 'application/gzip',
      reply: z.instanceof(BytesReply),
    },
    async ({ params: { id, name }, header, refuse }) => {
      const bytes = (await recordings.segment(id, name)) ?? refuse('not_found')
      const etag = `"${name}"`
      const headers = {
        'content-type': 'application/gzip',
        'cache-control': 'public, max-age=31536000, immutable',
        'accept-ranges': 'bytes',
        etag,
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
      }
      if (header('if-none-match')?.split(/,\s*/).includes(etag)) {
        return new BytesReply(null, headers)
      }
      const part = partOf(header('range'), header('if-range') ?? etag, etag, bytes.byteLength)
      if (part === undefined) return new BytesReply(bytes, headers)
      const [from, to] = part ?? refuse('range_not_satisfiable')
      const range = { 'content-range': `bytes ${from}-${to}/${bytes.byteLength}` }
      return new BytesReply(bytes.subarray(from, to + 1), { ...headers, ...range }, 206)
    },
  )
}

function entriesEndpoint({ recordings, streams }: RecordingEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/streams/:id/replay/entries',
      summary: 'Entries of the log after a number, oldest first, as they read now.',
      auth: 'none',
      params,
      query: z.object({
        after: seq,
        to: seq.default(Number.MAX_SAFE_INTEGER),
        limit: z.coerce.number().int().min(1).max(recorderLimits.entriesPageMax).default(500),
      }),
      limit,
      refusals: { not_found: noSuchStream },
      reply: z.object({
        entries: z.array(z.looseObject({ type: z.string(), seq: z.number(), at: z.number() })),
        more: z.boolean(),
      }),
    },
    async ({ params: { id }, query, refuse }) => {
      if (!(await streams.shown(id))) refuse('not_found')
      const { records, more } = await recordings.entries(id, query)
      return { entries: records.map(({ type, entry }) => ({ ...entry, type })), more }
    },
  )
}

function removeEndpoint({ recordings, streams }: RecordingEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'DELETE',
      path: '/v1/streams/:id/replay',
      summary: 'Takes the recording of a stream away for good; its host and administrators may.',
      auth: 'account',
      params,
      refusals: {
        not_found: { status: 404, text: 'There is no recording of that.' },
        not_allowed: { status: 403, text: 'Only the host may take a recording away.' },
      },
      reply: z.undefined(),
    },
    async ({ params: { id }, identity, refuse }) => {
      const stream = (await streams.find(id)) ?? refuse('not_found')
      const isAllowed = stream.hostId === identity.userId || identity.platformRole === 'admin'
      if (!isAllowed) refuse('not_allowed')
      if (!(await recordings.remove(id))) refuse('not_found')
      return undefined
    },
  )
}
