/** The moderation of the house: what rooms ask of it (the `Moderation` port), and its desk. */
import type { LogArchive, Moderation as ModerationPort, Streams } from '@odeon/rooms/ports'
import type { Administration } from '../accounts/administration.ts'
import type { AppealTokens } from '../accounts/appeal-tokens.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { effectsOf } from './carry-out.ts'
import type { DecideDeps } from './take-measure.ts'
import type { EffectDeps, ModerationDeps } from './deps.ts'
import { deskEndpoints } from './endpoints/desk-endpoints.ts'
import { endStream } from './end-stream.ts'
import { flagLine } from './flag-line.ts'
import { punishLine } from './punish-line.ts'
import { outsideReviewer, type ReviewerDeps } from './reviewer/outside-reviewer.ts'
import type { SafePostDeps } from './reviewer/safe-post.ts'
import { takeAction } from './take-action.ts'
import { scoreText } from './text/score-text.ts'
import { undoAction } from './undo-action.ts'
import { keepModerationTidy } from './upkeep.ts'

export interface ModerationOptions extends Omit<ModerationDeps, 'effects'> {
  notices: EffectDeps['notices']
  mail: EffectDeps['mail']
  /** Who somebody is whose account is suspended. */
  appealTokens: Pick<AppealTokens, 'verify'>
  administration: Pick<Administration, 'changeIn' | 'settle'>
  streams: Pick<Streams, 'find' | 'numbers' | 'end'>
  archive: Pick<LogArchive, 'flush'>
  /** Where an outside reviewer may live. */
  reviewers?: SafePostDeps | undefined
  forgetting?: ReviewerDeps['forgetting']
}

export interface Moderation extends ModerationPort {
  endpoints: Endpoint[]
  /** Whether a channel has an outside reviewer. */
  hasReviewer(channelId: string): Promise<boolean>
  /** Carries out what decisions left; resolves when all were tried. */
  carryOut(ids: readonly string[]): Promise<void>
  /** Begins upkeep, and carries out what was left undone; the result ends it. */
  startUpkeep(): () => Promise<void>
}

export function moderation(options: ModerationOptions): Moderation {
  const { database, log, world, notices, openRooms, administration, streams, archive } = options
  const { reviewers: safety = { allowLoopback: false } } = options
  const around = { database, log, world, openRooms }
  const effects = effectsOf({
    ...around,
    notices,
    mail: options.mail,
    settleAccount: administration.settle,
    endStream: (streamId) => endStream(around, streams, streamId),
  } satisfies EffectDeps)
  const deps: ModerationDeps = { ...around, effects }
  const reviewer = outsideReviewer({
    database,
    log,
    now: world.now,
    safety,
    forgetting: options.forgetting,
  })
  const deciding: DecideDeps = { ...deps, administration }
  return {
    endpoints: deskEndpoints({
      ...deciding,
      flushArchive: () => archive.flush(),
      reviewer,
      safety,
      appealTokens: options.appealTokens,
    }),
    carryOut: effects.carryOut,
    startUpkeep: () => keepModerationTidy(around, effects),
    score: scoreText,
    review: reviewer.review,
    hasReviewer: reviewer.has,
    take: (action) => takeAction(deps, action),
    undo: (asked) => undoAction(deps, asked),
    punish: (line) => punishLine(deps, line),
    flag: (line) => flagLine(deps, line),
  }
}
