/** The moderation of the house: what rooms ask of it (the `Moderation` port). */
import type { Moderation as ModerationPort } from '@odeon/rooms/ports'
import type { ModerationDeps } from './deps.ts'
import { flagLine } from './flag-line.ts'
import { punishLine } from './punish-line.ts'
import { takeAction } from './take-action.ts'
import { undoAction } from './undo-action.ts'

export interface Moderation extends ModerationPort {}

export function moderation(deps: ModerationDeps): Moderation {
  return {
    score: deps.score,
    review: deps.review,
    take: (action) => takeAction(deps, action),
    undo: (asked) => undoAction(deps, asked),
    punish: (line) => punishLine(deps, line),
    flag: (line) => flagLine(deps, line),
  }
}
