/**
 * Which lines of chat a reader may be spared that cannot read all: those of viewers, but for the
 * first of each second, so that everybody sees that chat goes on. Everything else matters.
 */
import type { Sparing } from '../kit/thin-frame.ts'
import type { ChatPosted } from './protocol.ts'

export function spareLines(): Sparing {
  let second = -1
  return ({ type, entry }) => {
    if (type !== 'chat.posted') return false
    const { from, at } = entry as ChatPosted
    if (from.role !== 'viewer') return false
    const now = Math.floor(at / 1_000)
    const isFirst = now !== second
    second = now
    return !isFirst
  }
}
