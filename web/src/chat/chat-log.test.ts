import { describe, expect, test } from 'vitest'
import { ChatLog, chatLogLimits } from './chat-log.ts'
import { joins, rowsOf, type SaidLine } from './lines.ts'

function said(seq: number, id = 'ann', at = seq * 1_000): SaidLine {
  const key = `s${seq}`
  const from = { id, name: id, role: 'viewer' as const }
  return { kind: 'said', key, id: key, seq, place: seq, at, from, text: 'hi' }
}
const many = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => said(from + i))
const seqs = (log: ChatLog) => log.lines.map((line) => line.seq)

describe('the lines a reader holds', () => {
  test('[WEB-09] following keeps the newest and a bounded number', () => {
    const log = new ChatLog()
    for (let seq = 1; seq <= 5_000; seq += 10) log.add(many(seq, seq + 9))
    expect(log.lines).toHaveLength(chatLogLimits.followingLinesMax)
    expect(log.lines.at(-1)?.seq).toBe(5_000)
    expect(log.unread).toBe(0)
  })

  test('[WEB-09] a reader who scrolled up loses no line and is told how many are new', () => {
    const log = new ChatLog()
    log.add(many(1, 600))
    log.stopFollowing()
    log.add(many(601, 612))
    expect(seqs(log)).toEqual(many(1, 612).map((line) => line.seq))
    expect(log.unread).toBe(12)
    log.follow()
    expect(log.unread).toBe(0)
    expect(seqs(log)).toEqual(many(13, 612).map((line) => line.seq))
  })

  test('[WEB-09] beyond the bound the newest wait aside and the way back has no gap inside', () => {
    const log = new ChatLog()
    log.add(many(1, 600))
    log.stopFollowing()
    log.add(many(601, 9_000))
    expect(log.detached).toBe(true)
    expect(log.lines.length).toBeLessThanOrEqual(chatLogLimits.readingLinesMax)
    expect(log.lines[0]?.seq).toBe(1)
    log.follow()
    expect(log.detached).toBe(false)
    expect(seqs(log)).toEqual(many(8_701, 9_000).map((line) => line.seq))
  })

  test('[WEB-10] older lines go in front once, within the bound', () => {
    const log = new ChatLog()
    log.add(many(101, 200))
    log.stopFollowing()
    expect(log.addOlder(many(51, 110))).toBe(true)
    expect(seqs(log)).toEqual(many(51, 200).map((line) => line.seq))
    const deep = new ChatLog()
    deep.add(many(10_001, 10_600))
    deep.stopFollowing()
    expect(deep.addOlder(many(1, 10_000))).toBe(false)
    expect(deep.lines).toHaveLength(chatLogLimits.readingLinesMax)
    expect(deep.lines[0]?.seq).toBe(10_600 - chatLogLimits.readingLinesMax + 1)
  })

  test('[WEB-05] consecutive lines of one person join, later or others do not', () => {
    expect(joins(said(2), said(1))).toBe(true)
    expect(joins(said(2, 'bea'), said(1))).toBe(false)
    expect(joins(said(2, 'ann', 500_000), said(1))).toBe(false)
    expect(joins(said(1), undefined)).toBe(false)
  })

  test('[WEB-100] a line that was held stands where it was sent, for readers and newcomers alike', () => {
    const late: SaidLine = { ...said(9), place: 4 }
    const log = new ChatLog()
    log.add(many(1, 8))
    log.add([late])
    expect(seqs(log)).toEqual([1, 2, 3, 4, 9, 5, 6, 7, 8])
    log.add([said(10)])
    expect(log.lines.at(-1)?.seq).toBe(10)
    const joined = new ChatLog()
    joined.add(many(6, 8))
    joined.add([late, said(10)])
    joined.addOlder(many(1, 5))
    expect(seqs(joined)).toEqual([1, 2, 3, 4, 9, 5, 6, 7, 8, 10])
    expect(joined.oldestSeq).toBe(1)
  })

  test('[WEB-101] a removed line is a mark, a run of them one mark, and restoring puts them back', () => {
    const log = new ChatLog()
    log.add(many(1, 4))
    log.change((line) => (line.seq > 1 ? { ...line, text: '', removed: 'moderator' } : line))
    const rows = rowsOf(log.lines, undefined)
    expect(rows.map(({ removedCount }) => removedCount)).toEqual([0, 3])
    log.restore([said(2)])
    log.drop((line) => line.seq === 3)
    log.restore([said(3)])
    expect(rowsOf(log.lines, undefined).map(({ removedCount }) => removedCount)).toEqual([
      0, 0, 0, 1,
    ])
    expect(seqs(log)).toEqual([1, 2, 3, 4])
  })

  test('[WEB-102] what the crew saw early keeps its place when it is posted', () => {
    const log = new ChatLog()
    log.add(many(1, 2))
    log.add([{ ...said(0), key: 'early', id: 'early', place: 2.5, delayedUntil: 1 }])
    log.add([said(3)])
    log.add([{ ...said(4), key: 'early', id: 'early' }])
    expect(seqs(log)).toEqual([1, 2, 4, 3])
    expect(log.find('early')?.delayedUntil).toBeUndefined()
  })
})
