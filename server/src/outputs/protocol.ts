/** Outputs of streams over HTTP (VIDEO-07, VIDEO-17): destinations, and how each output goes. */
import { problem } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { plainLine } from '../channels/protocol.ts'
import { uuid } from '../platform/http/ids.ts'

export const outputLimits = {
  destinationsMax: 5,
  nameCharsMax: 40,
  addressCharsMax: 300,
  keyCharsMin: 4,
  keyCharsMax: 300,
  /** What is ever shown of a key again. */
  keyEndChars: 4,
  problemCharsMax: 300,
  /** One call to the service. */
  answerSeconds: 10,
  /** A start: LiveKit asks its workers four times before it says that none has room. */
  startSeconds: 30,
  segmentSeconds: 4,
  /** So long after its stream a run may take to end, and to store its file. */
  stopMsMax: 10 * 60_000,
  storeMsMax: 24 * 60 * 60_000,
  /** Streams are compared with what runs for them so often. */
  roundEveryMs: 3_000,
  /** Streams that take longer are settled on while others are looked at. */
  roundPatienceMs: 1_000,
  /** What is not settled so long after the end is found again by the next process. */
  restMsMax: 10_000,
  /** Streams that are read at once, and that are settled at the same time at most. */
  streamsAtOnceMax: 8,
  settlingMax: 40,
  /** An output that failed is begun again so often, after a time that doubles. */
  attemptsMax: 6,
  againAfterMs: 5_000,
  againAfterMsMax: 120_000,
  /** That one runs still is written down so often. */
  runSeenEveryMs: 20_000,
  /** A program is asked so often whether it is there, and is dead when it missed so many. */
  pulseEveryMs: 20_000,
  pulsesMissedMax: 3,
  /** A destination that was added is told of within this, or the program hangs. */
  addMsMax: 20_000,
  /** One that was lost is back within this, or given up, where the service does not hang. */
  reconnectMsMax: 45_000,
  /** One that ended of itself after less than this has failed. */
  orderlyMsMin: 10_000,
  /** A channel that keeps as many films as it may is looked at again after so long. */
  filmsFullAgainMs: 60_000,
  /** Whoever found no room in the house looks again after so long. */
  noRoomAgainMs: 15_000,
  /** So far may the service's clock be from ours. */
  clocksApartMs: 60_000,
  /** What was just begun may not be told of yet. */
  settleMs: 10_000,
  /** How long a link to a film is good, and how long a removed one can be had back. */
  filmLinkMs: 15 * 60_000,
  filmBackMs: 30_000,
  /** Segments are there so long after a stream's end, for who is some seconds late. */
  segmentsKeptMs: 10 * 60_000,
  filmsEveryMs: 60_000,
  filmsARoundMax: 50,
  /** One that could not be taken away waits so long, then twice as long each time up to that. */
  filmAgainAfterMs: 60_000,
  filmAgainAfterMsMax: 60 * 60_000,
  /** Streams with films that an owner is shown at once. */
  filmStreamsAPage: 20,
  /** That a film failed is told its owner for so long. */
  filmFailedMs: 7 * 24 * 60 * 60_000,
} as const

export const outputStates = ['starting', 'live', 'waiting', 'failed', 'ended'] as const
export type OutputState = (typeof outputStates)[number]

/** Why an output waits though nothing failed: channel or house has what it may have. */
export const outputRefusals = ['output_minutes_spent', 'films_full', 'no_room'] as const
export type OutputRefusal = (typeof outputRefusals)[number]

/** How an output of a stream goes. Times in Unix ms. */
const outputView = z.object({
  state: z.enum(outputStates),
  /** Why it failed last, empty when it did not; `waiting` tries again. */
  problem: z.string(),
  attempts: z.number().int(),
  changedAt: z.number(),
  refused: z.enum(outputRefusals).nullable(),
  /** When it is tried again, while it waits. */
  nextAt: z.number().nullable(),
})
export type OutputView = z.output<typeof outputView>

const name = plainLine(outputLimits.nameCharsMax)
const key = z
  .string()
  .min(outputLimits.keyCharsMin, problem('too_short', { min: outputLimits.keyCharsMin }))
  .max(outputLimits.keyCharsMax)
  .regex(/^[\x21-\x7e]+$/, problem('secret'))

export const newDestination = z.strictObject({
  name,
  /** `rtmps://live.example/app`, without the key. */
  address: z.string().max(outputLimits.addressCharsMax),
  key,
  /** Streams are sent there from now on; the one that is live, too. */
  isOn: z.boolean().default(true),
})
export type NewDestination = z.output<typeof newDestination>

export const destinationChange = z.strictObject({
  name: name.optional(),
  key: key.optional(),
  isOn: z.boolean().optional(),
  /** Begins one anew that failed too often. */
  again: z.literal(true).optional(),
})
export type DestinationChange = z.output<typeof destinationChange>

export const destinationView = z.object({
  id: uuid,
  name: z.string(),
  address: z.string(),
  /** The last characters of its key. */
  keyEnd: z.string(),
  isOn: z.boolean(),
  /** In the stream that is live; null when there is none, or it was off all the time. */
  output: outputView.nullable(),
})
export type DestinationView = z.output<typeof destinationView>

export const destinationsView = z.object({
  /** False where no egress service is: nothing is sent then. */
  isOffered: z.boolean(),
  destinationsMax: z.number().int(),
  destinations: z.array(destinationView),
})

export const filmView = z.object({
  id: uuid,
  /** Unix ms of its first picture. */
  startedAt: z.number(),
  durationMs: z.number(),
  bytes: z.number(),
  isSound: z.boolean(),
  /** Everybody who may see the stream may see it. */
  isPublished: z.boolean(),
  /** Where it is played and saved from; null where this server does not reach it. */
  link: z
    .object({
      play: z.string(),
      save: z.string(),
      until: z.number(),
      /** For how long from this answer, for whoever's clock is another. */
      forMs: z.number(),
    })
    .nullable(),
})
export type FilmView = z.output<typeof filmView>

export const filmsView = z.object({
  /** Whoever may publish and remove. */
  isOwner: z.boolean(),
  /** How filming goes or went, for its owner; null while there is none. */
  filming: outputView.nullable(),
  films: z.array(filmView),
})
export type FilmsView = z.output<typeof filmsView>

/** How it goes once it was begun again. */
export const filmingAgain = filmsView.pick({ filming: true })

/** A stream of a channel with what was made of it. */
export const filmedStream = z.object({
  id: uuid,
  title: z.string(),
  medium: z.enum(['video', 'audio']),
  startedAt: z.number(),
  isLive: z.boolean(),
  /**
   * When its films are taken away, of a live stream the first of them; null while there is none
   * of it, or when they are kept.
   */
  keptUntil: z.number().nullable(),
  filming: outputView.nullable(),
  films: z.array(filmView),
})
export type FilmedStream = z.output<typeof filmedStream>

export const channelFilmsView = z.object({
  /** False where no egress service is: nothing is filmed. */
  isOffered: z.boolean(),
  /** Streams with a picture are filmed unless their maker says otherwise. */
  isByDefault: z.boolean(),
  /** False where this server does not find the files: nothing can be played or removed here. */
  isReachable: z.boolean(),
  /** Days that films are kept; 0 until somebody removes them. */
  keptDays: z.number().int(),
  /** Hours after which a film is whole and another goes on; 0: none is too long. */
  filmHours: z.number().int(),
  /** The newest first. */
  streams: z.array(filmedStream),
  /** What to ask for as `before` to see older ones; null at the end. */
  next: uuid.nullable(),
})
export type ChannelFilmsView = z.output<typeof channelFilmsView>

export const filmChange = z.strictObject({
  isPublished: z.boolean().optional(),
  /** Nobody sees it any more; for half a minute `false` brings it back. */
  isRemoved: z.boolean().optional(),
})
export type FilmChange = z.output<typeof filmChange>
