/** Search: what is asked and what is found. */
import { z } from 'zod'
import { channelView } from '../channels/protocol.ts'
import { streamView } from '../streams/protocol.ts'

export const searchLimits = {
  queryCharsMax: 200,
  /** Of a query, what is looked for. */
  askedCharsMax: 64,
  foundMax: 50,
  /** Shorter texts are looked for at the beginning of names only. */
  wordsFromChars: 3,
  /** Rows that one index gives before they are ranked. */
  collectedMax: 300,
  /** Of the channels with most followers, and of the newest live ones, each is looked at. */
  popularMax: 1_000,
  liveMax: 1_000,
  rankedMax: 100,
  /** Lookalikes that are compared. */
  alikeMax: 150,
  /** Longer texts are looked for as they are. */
  alikeCharsMax: 32,
  /** How much of a word must be alike, from 0 to 1, to be taken for a slip of the fingers. */
  alikeMin: 0.5,
} as const

export const found = z.object({
  channels: z.array(channelView),
  streams: z.array(streamView),
})
export type Found = z.output<typeof found>
