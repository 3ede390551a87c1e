/** Search over channels and what is live, as one types. */
import type { ChannelViews } from '../channels/channel-views.ts'
import type { Database } from '../platform/database.ts'
import type { StreamView } from '../streams/protocol.ts'
import { askedWords } from './asked-words.ts'
import { findChannels } from './find-channels.ts'
import { findStreams } from './find-streams.ts'
import { fold } from './fold.ts'
import type { Found } from './protocol.ts'

export type Search = (text: string, limit: number) => Promise<Found>

export interface SearchDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  channels: { views: Pick<ChannelViews, 'byIds'> }
  streams: { byIds(ids: string[]): Promise<StreamView[]> }
}

export function search({ database, channels, streams }: SearchDeps): Search {
  return async (text, limit) => {
    const asked = askedWords(text)
    if (!asked) return { channels: [], streams: [] }
    const folded = await fold(database.sql, asked)
    const channelIds = await findChannels(database, { asked, folded, limit })
    const streamIds = await findStreams(database, { folded, channelIds, limit })
    const [foundChannels, foundStreams] = await Promise.all([
      channels.views.byIds(channelIds),
      streams.byIds(streamIds),
    ])
    return { channels: foundChannels, streams: foundStreams }
  }
}
