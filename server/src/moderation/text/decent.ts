/** What many people read and nobody can scroll away: names and titles. */
import { moderationLimits } from '@odeon/rooms/protocol'
import { scoreText } from './score-text.ts'

/** For shapes: true unless the text would be blocked as a chat line. */
export const isDecent = (text: string): boolean =>
  scoreText(text).score < moderationLimits.blockFrom
