// What is remembered of acts for a successor: bounded, the newest first.
import { expect, test } from 'vitest'
import type { ChatPosted } from '../chat/protocol.ts'
import { chatLimits } from '../chat/protocol.ts'
import { CrewActions } from './crew-actions.ts'
import { type ActionTaken, moderationLimits } from './protocol.ts'

const by = { id: 'mod', name: 'Mod', role: 'moderator' as const }
const acted = (id: string): ActionTaken => {
  return { id, kind: 'clear', by, target: null, reason: null, at: 0, undoUntil: 1_000 }
}
const lines = (count: number, chars: number) =>
  Array.from({ length: count }, (_, at) => {
    return { seq: at + 1, at: 0, id: `line-${at + 1}`, text: 'x'.repeat(chars) } as ChatPosted
  })
const seqsOf = (actions: CrewActions) =>
  actions.tracesToKeep.map(([id, { redaction }]) => [
    id,
    redaction?.lines.length,
    redaction?.lines.at(-1)?.seq,
  ])

test('[JRN-36] of much that was taken out the newest lines are remembered, within a bound', () => {
  const actions = new CrewActions()
  actions.add(acted('one'), { redaction: { lines: lines(1_000, 900), quotes: [] } })
  actions.add(acted('two'), { redaction: { lines: lines(1_000, 900), quotes: [] }, muted: 'ann' })
  const [one, two] = seqsOf(actions)
  expect(two).toEqual(['two', chatLimits.restoredMax, 1_000])
  expect(one?.[1]).toBeLessThan(chatLimits.restoredMax)
  expect(one?.[2]).toBe(1_000)
  const bytes = Buffer.byteLength(JSON.stringify(actions.tracesToKeep))
  expect(bytes).toBeLessThan(moderationLimits.tracesKeptBytesMax * 1.1)
  // A third takes all the room there is; the others are still undone but for their lines.
  actions.add(acted('three'), { redaction: { lines: lines(200, 2_000), quotes: [] } })
  expect(seqsOf(actions).map(([id]) => id)).toEqual(['one', 'two', 'three'])
  expect(actions.tracesToKeep[1]?.[1].muted).toBe('ann')
})

test('[JRN-36] what cannot be undone any more leaves nothing behind', () => {
  const actions = new CrewActions()
  actions.add(acted('one'), { redaction: { lines: lines(1, 9), quotes: [] } })
  actions.add(acted('two'), { muted: 'ann' })
  expect(actions.takeTraces('two')).toEqual({ muted: 'ann' })
  actions.expire(1_000)
  expect(actions.tracesToKeep).toEqual([])
  expect(actions.canUndo('one', 0)).toBe(false)
})
