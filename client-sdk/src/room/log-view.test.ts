import { expect, test } from 'vitest'
import type { LiveEvents } from '@odeon/rooms/protocol'
import { entriesKeptMax, LogView } from './log-view.ts'

const said = (seq: number, text = `#${seq}`) =>
  ({ seq, at: 0, id: `id-${seq}`, from: { id: 'u', name: 'U', role: 'viewer' }, text }) as const

function view() {
  const log = new LogView<LiveEvents>()
  const say = (...seqs: number[]) => {
    for (const seq of seqs) log.deliver('chat.posted', said(seq), false)
  }
  return { log, say, seqs: () => log.entries.map(({ seq }) => seq) }
}

test('[SDK-03] the list holds the newest entries, with their names, and no more than its bound', () => {
  const { log, say, seqs } = view()
  for (let seq = 1; seq <= entriesKeptMax + 20; seq++) say(seq)
  expect(log.entries).toHaveLength(entriesKeptMax)
  expect(seqs()[0]).toBe(21)
  expect(log.entries.at(-1)).toEqual({ type: 'chat.posted', ...said(entriesKeptMax + 20) })
})

test('[SDK-03] it is the same list until an entry comes, and says so when one does', () => {
  const { log, say } = view()
  let changes = 0
  const stop = log.onEntries(() => (changes += 1))
  say(1)
  const before = log.entries
  expect(log.entries).toBe(before)
  say(2)
  expect(log.entries).not.toBe(before)
  expect(before).toHaveLength(1)
  stop()
  say(3)
  expect(changes).toBe(2)
})

test('[SDK-03] entries a restarted room lost give way to those that take their numbers', () => {
  const { log, say, seqs } = view()
  say(1, 2, 3)
  log.deliver('chat.posted', said(2, 'another second'), false)
  expect(seqs()).toEqual([1, 2])
  expect(log.entries.at(-1)).toMatchObject({ text: 'another second' })
})

test('[SDK-02] what came before the release is told after it, in order, gaps included', () => {
  const { log, say } = view()
  const told: unknown[] = []
  say(1)
  log.announce({ missedFrom: 2, missedTo: 4 })
  say(5)
  log.on('chat.posted', (entry: { seq: number }) => told.push(entry.seq))
  log.on('discontinuity', (gap) => told.push(gap))
  expect(told).toEqual([])
  log.release()
  say(6)
  expect(told).toEqual([1, { missedFrom: 2, missedTo: 4 }, 5, 6])
})

test('[SDK-01] a listener taken out hears no more, whoever takes it out', () => {
  const { log, say } = view()
  const told: string[] = []
  log.release()
  const stops: (() => void)[] = []
  stops.push(
    log.on('chat.posted', () => {
      told.push('first')
      for (const stop of stops) stop()
    }),
    log.on('chat.posted', () => told.push('second')),
  )
  say(1, 2)
  expect(told).toEqual(['first'])
})
