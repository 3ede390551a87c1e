/** All there is over HTTP of streams: themselves, what was said in them, finding them. */
import { archiveEndpoints } from '../archive/endpoints.ts'
import type { Archive } from '../archive/log-archive.ts'
import type { Channels } from '../channels/channels.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { searchEndpoint } from '../search/endpoint.ts'
import { streamEndpoints } from './endpoints.ts'
import type { Streams } from './streams.ts'

export { recordingSide } from '../recordings/recording-side.ts'

export interface StreamSideDeps {
  database: Database
  channels: Channels
  streams: Streams
  archive: Archive
  recorded: { endpoints: Endpoint[] }
}

export function streamSide(deps: StreamSideDeps): Endpoint[] {
  const { database, channels, streams, archive, recorded } = deps
  return [
    ...streamEndpoints(streams, channels),
    searchEndpoint({ database, channels, streams }),
    ...archiveEndpoints({ archive, streams }),
    ...recorded.endpoints,
  ]
}
