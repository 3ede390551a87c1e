/** Search over channels and what is live: `odeon.search(text)`. */
import type { Session } from '../auth/session.ts'
import type { Channel } from '../channels/channels.ts'
import type { Stream } from '../streams/streams.ts'

export interface Found {
  /** Best first: the handle itself, what begins so, what looks like it; live before others. */
  channels: Channel[]
  /** Live streams, by their title or the channel's name. */
  streams: Stream[]
}

/** Nothing is found for a text without letters or digits. `limit` is for each list, 1–50. */
export type Search = (text: string, options?: { limit?: number }) => Promise<Found>

export function searchOver(session: Session): Search {
  return (text, { limit } = {}) =>
    session.send({ method: 'GET', path: '/v1/search', query: { q: text, limit } })
}
