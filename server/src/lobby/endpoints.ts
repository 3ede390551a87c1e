/** Who is live, page by page, in the order of the lobby: for more than the lobby's state holds. */
import { byRank, lobbyLimits, type RankedCard, shownRank } from '@odeon/rooms'
import { streamMedia } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { LobbyDirectory } from './directory.ts'

/** A stream of the lobby; the same facts as in its state. */
export const listedStream = z.object({
  streamId: z.string(),
  channelId: z.string(),
  handle: z.string(),
  name: z.string(),
  avatarUrl: z.string().nullable(),
  title: z.string(),
  category: z.string().nullable(),
  language: z.string().nullable(),
  country: z.string().nullable(),
  medium: z.enum(streamMedia),
  startedAt: z.number(),
  viewers: z.number(),
  rank: z.number().describe('viewers, chatters and coins of the last minutes; see LOB-05'),
  pulse: z.array(z.number()).describe('lines and reactions in periods of 5 s, oldest first'),
  voices: z
    .array(z.object({ id: z.string(), name: z.string(), isAudible: z.boolean() }))
    .describe('who speaks in a room of voices, the lowest seats first, at most 5'),
  speakers: z.number().describe('how many have a seat there'),
})

/** A place in the order, which stays one when its stream has gone. */
const cursor = z
  .string()
  .regex(/^\d{1,12}_\d{1,15}_[\w-]{1,64}$/)
  .transform((text) => {
    const [rank, startedAt, streamId] = text.split('_')
    return { rank: Number(rank), startedAt: Number(startedAt), streamId: streamId ?? '' }
  })

const query = z.object({
  category: z.string().min(1).max(40).optional(),
  language: z.string().min(2).max(35).optional().describe('BCP 47; `pt` finds `pt-BR` too'),
  country: z.string().length(2).optional(),
  medium: z.enum(streamMedia).optional(),
  limit: z.coerce.number().int().min(1).max(lobbyLimits.pageMax).default(50),
  after: cursor.optional().describe('`next` of the page before'),
})

export function lobbyEndpoints(directory: Pick<LobbyDirectory, 'cards'>): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/live',
        summary: 'Who is live now, highest rank first. Ranks move: a page is true for a moment.',
        auth: 'none',
        query,
        reply: z.object({
          streams: z.array(listedStream),
          next: z.string().nullable().describe('`after` of the next page; null at the end'),
          total: z.number().int().describe('all that match'),
        }),
      },
      ({ query: asked }) => {
        const { after, limit } = asked
        const matching = directory.cards().filter((card) => isAskedFor(card, asked))
        const rest = after ? matching.filter((card) => byRank(card, after) > 0) : matching
        const page = rest.sort(byRank).slice(0, limit)
        const last = rest.length > limit ? page.at(-1) : undefined
        return {
          streams: page.map(viewOf),
          next: last ? `${shownRank(last.rank)}_${last.startedAt}_${last.streamId}` : null,
          total: matching.length,
        }
      },
    ),
  ]
}

type Asked = Pick<z.output<typeof query>, 'category' | 'language' | 'country' | 'medium'>

function isAskedFor(card: RankedCard, asked: Asked): boolean {
  const { category, language, country, medium } = asked
  if (medium !== undefined && card.medium !== medium) return false
  if (category !== undefined && card.category !== category) return false
  if (country !== undefined && card.country?.toLowerCase() !== country.toLowerCase()) return false
  if (language === undefined) return true
  const spoken = card.language?.toLowerCase()
  const wanted = language.toLowerCase()
  return spoken === wanted || (spoken?.startsWith(`${wanted}-`) ?? false)
}

function viewOf(card: RankedCard): z.output<typeof listedStream> {
  const { chattersInFiveMinutes: _chatters, coinsInFiveMinutes: _coins, ...shown } = card
  return { ...shown, rank: shownRank(card.rank) }
}
