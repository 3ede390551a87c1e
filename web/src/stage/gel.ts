/** The colour gel in a channel's spotlight: every channel's stage has a light of its own. */
import { hashOf } from '../chat/name-colours.ts'

const gels = ['#ffb547', '#ff8fa3', '#8fb4ff', '#c79bff', '#6fe0d2', '#ffd08a', '#ff9f6b'] as const

export function gelOf(id: string): string {
  return gels[hashOf(`gel:${id}`) % gels.length] ?? gels[0]
}
