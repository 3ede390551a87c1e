/** The moderation of the house: what rooms ask of it (the `Moderation` port). */
import type { Moderation as ModerationPort } from '@odeon/rooms/ports'
import type { ModerationDeps } from './deps.ts'
import { flagLine } from './flag-line.ts'
import { punishLine } from './punish-line.ts'
import { outsideReviewer } from './reviewer/outside-reviewer.ts'
import type { SafePostDeps } from './reviewer/safe-post.ts'
import { takeAction } from './take-action.ts'
import { scoreText } from './text/score-text.ts'
import { undoAction } from './undo-action.ts'

export interface ModerationOptions extends ModerationDeps {
  /** Where an outside reviewer may live. */
  reviewers?: SafePostDeps
}

export interface Moderation extends ModerationPort {
  /** Whether a channel has an outside reviewer. */
  hasReviewer(channelId: string): Promise<boolean>
}

export function moderation(options: ModerationOptions): Moderation {
  const { reviewers: safety = { allowLoopback: false }, ...deps } = options
  const { database, log, world } = deps
  const reviewer = outsideReviewer({ database, log, now: world.now, safety })
  return {
    score: scoreText,
    review: reviewer.review,
    hasReviewer: reviewer.has,
    take: (action) => takeAction(deps, action),
    undo: (asked) => undoAction(deps, asked),
    punish: (line) => punishLine(deps, line),
    flag: (line) => flagLine(deps, line),
  }
}
