import fc from 'fast-check'
import { unpack } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { type Entry, kitLimits } from './protocol.ts'
import { RoomLog } from './room-log.ts'

interface Line extends Entry {
  text: string
}
const fill = (log: RoomLog, lines: number, text = 'x') => {
  for (let line = 0; line < lines; line += 1) log.append<Line>('line', { text }, 1)
}

describe('the log', () => {
  it('[LOG-01] seq counts on by one and goes on where an earlier epoch ended', () => {
    const log = new RoomLog({ epoch: 3, head: 41 })
    expect(log.append<Line>('line', { text: 'a' }, 5).entry).toEqual({ seq: 42, at: 5, text: 'a' })
    expect(log.append<Line>('line', { text: 'b' }, 6).seq).toBe(43)
    expect(log.head).toBe(43)
  })

  it('[LOG-02] a reader of this epoch gets the whole gap, or is told exactly what is missing', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.nat(300),
        fc.integer({ min: 1, max: 40_000 }),
        (lines, after, bytes) => {
          const log = new RoomLog({ epoch: 1, head: 0 })
          fill(log, lines, 'x'.repeat(bytes))
          let at = after
          let got = 0
          for (;;) {
            const gap = log.after({ epoch: 1, seq: at })
            if (gap.missed) {
              expect(gap.missed.from).toBe(at + 1)
              at = gap.missed.to
            }
            expect(at + gap.frames.length).toBe(Math.max(at, gap.to))
            got += gap.frames.length
            at += gap.frames.length
            if (!gap.more) break
            expect(gap.frames.length).toBeGreaterThan(0)
          }
          expect(at).toBe(Math.max(after, lines))
          if (bytes < 100) expect(got).toBe(Math.max(0, lines - after))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('[FRM-18] a reader gets nothing behind what was shown, and is told that this is all', () => {
    const log = new RoomLog({ epoch: 1, head: 0 })
    fill(log, 10)
    expect(log.after({ epoch: 1, seq: 3 }, 7)).toMatchObject({ to: 7, more: false })
    expect(log.after({ epoch: 1, seq: 3 }, 7).frames).toHaveLength(4)
    expect(log.after({ epoch: 1, seq: 7 }, 7)).toMatchObject({ to: 7, frames: [], more: false })
    expect(log.after({ epoch: 1, seq: 8 }, 7)).toMatchObject({ to: 7, frames: [], more: false })
    fill(log, 4, 'x'.repeat(40_000))
    let page = log.after({ epoch: 1, seq: 10 }, 13)
    expect(page).toMatchObject({ more: true })
    while (page.more) page = log.after({ epoch: 1, seq: page.to }, 13)
    expect(page.to).toBe(13)
  })

  it('[LOG-02] a crowd that asks for the same is handed the same, as it is by now', () => {
    const log = new RoomLog({ epoch: 1, head: 0 })
    fill(log, 10)
    const [one, other] = [log.after({ epoch: 1, seq: 3 }), log.after({ epoch: 1, seq: 3 })]
    expect(other.frames).toBe(one.frames)
    fill(log, 2)
    expect(log.after({ epoch: 1, seq: 3 }).frames).toHaveLength(9)
    const early = log.after({ epoch: 1, seq: 3 }, 10)
    log.amend(({ seq, entry }) => (seq === 7 ? { ...entry, at: 2 } : undefined))
    const amended = log.after({ epoch: 1, seq: 3 }, 10)
    expect(amended.frames).toHaveLength(7)
    expect(amended.frames[3]).not.toEqual(early.frames[3])
    // What is asked for beyond the head is not all that will be there.
    expect(log.after({ epoch: 1, seq: 10 }, 14).frames).toHaveLength(2)
    fill(log, 2)
    expect(log.after({ epoch: 1, seq: 10 }, 14).frames).toHaveLength(4)
  })

  it('[LOG-04] an entry keeps the memory of its own bytes and of nothing else', () => {
    const log = new RoomLog({ epoch: 1, head: 0 })
    fill(log, 3)
    const { frames } = log.after({ epoch: 1, seq: 0 })
    const held = frames.map(({ buffer, byteLength }) => buffer.byteLength - byteLength)
    expect(held).toEqual([0, 0, 0])
  })

  const kept = (...seqs: number[]) => seqs.map((seq) => ({ type: 'line', entry: { seq, at: 1 } }))
  const seqsOf = (frames: Buffer[]) =>
    // Past the WebSocket header, the code, and the name with its length.
    frames.map((frame) => (unpack(frame.subarray(3 + 'xline'.length)) as Entry).seq)

  it('[LOG-03] a reader of an earlier epoch gets what is kept without a hole', () => {
    const log = new RoomLog({ epoch: 3, head: 60 }, kept(40, 42, 58, 59, 60))
    fill(log, 2)
    const whole = log.after({ epoch: 2, seq: 57 })
    expect(whole).toMatchObject({ missed: undefined, to: 62, more: false })
    expect(seqsOf(whole.frames)).toEqual([58, 59, 60, 61, 62])
    const part = log.after({ epoch: 1, seq: 40 })
    expect(part).toMatchObject({ missed: { from: 41, to: 57 }, to: 62 })
    expect(part.frames).toHaveLength(5)
    // It was up to date: nothing is missing, and it may go on at once.
    const idle = new RoomLog({ epoch: 3, head: 60 }, kept(59, 60)).after({ epoch: 2, seq: 60 })
    expect(idle).toMatchObject({ frames: [], missed: undefined, to: 60, more: false })
  })

  it('[LOG-03] pages go through earlier epochs into this one', () => {
    const heavy = Array.from({ length: 100 }, (_, index) => ({
      type: 'line',
      entry: { seq: index + 1, at: 1, text: 'x'.repeat(2_000) },
    }))
    const log = new RoomLog({ epoch: 2, head: 100 }, heavy)
    fill(log, 20)
    let gap = log.after({ epoch: 1, seq: 10 })
    let got = gap.frames.length
    while (gap.more) {
      gap = log.after({ epoch: 2, seq: gap.to })
      expect(gap.missed).toBeUndefined()
      got += gap.frames.length
    }
    expect(got).toBe(110)
  })

  it('[LOG-03] where the record ends or jumps, everything before this epoch is missed', () => {
    const log = new RoomLog({ epoch: 2, head: 100 })
    fill(log, 3)
    const gap = log.after({ epoch: 1, seq: 90 })
    expect(gap).toMatchObject({ missed: { from: 91, to: 100 }, to: 103, more: false })
    expect(gap.frames).toHaveLength(3)
    expect(log.after({ epoch: 1, seq: 500 }).missed).toMatchObject({ to: 100 })
    const jumped = new RoomLog({ epoch: 2, head: 100 }, kept(50, 51))
    expect(jumped.after({ epoch: 1, seq: 50 })).toMatchObject({ missed: { from: 51, to: 100 } })
    // An epoch that has not been yet.
    expect(jumped.after({ epoch: 7, seq: 50 })).toMatchObject({ missed: { from: 51, to: 100 } })
  })

  it('[LOG-04] memory is bounded in entries and in bytes', () => {
    const log = new RoomLog({ epoch: 1, head: 0 })
    fill(log, kitLimits.logEntriesMax + 500)
    expect(log.after({ epoch: 1, seq: 0 }).missed).toEqual({ from: 1, to: 500 })
    const heavy = new RoomLog({ epoch: 1, head: 0 })
    fill(heavy, 400, 'x'.repeat(20_000))
    const kept = 400 - (heavy.after({ epoch: 1, seq: 0 }).missed?.to ?? 0)
    expect(kept * 20_000).toBeLessThanOrEqual(kitLimits.logBytesMax)
    expect(kept).toBeGreaterThan(150)
  })

  it('[LOG-05] history with holes is shown to joiners and never fills a gap', () => {
    const log = new RoomLog({ epoch: 2, head: 20 }, kept(7, 9))
    fill(log, 1)
    expect(log.backlog().map(({ seq }) => seq)).toEqual([7, 9, 21])
    expect(log.after({ epoch: 2, seq: 20 })).toMatchObject({ missed: undefined, to: 21 })
    expect(log.after({ epoch: 2, seq: 7 })).toMatchObject({ missed: { from: 8, to: 20 }, to: 21 })
  })
})

describe('a log that went on exactly where another writer ended', () => {
  it('[REL-05] a reader who still names the earlier epoch is whole wherever it stands', () => {
    const log = new RoomLog({ epoch: 3, head: 10, sameSince: 1 })
    for (let n = 0; n < 5; n += 1) log.append('x', {}, n)
    for (const epoch of [1, 2, 3]) {
      expect(log.after({ epoch, seq: 13 })).toMatchObject({ missed: undefined, to: 15 })
      expect(log.after({ epoch, seq: 15 })).toMatchObject({ missed: undefined, to: 15 })
    }
    // From before that epoch nobody knows what the number meant.
    const unknown = new RoomLog({ epoch: 3, head: 10, sameSince: 3 })
    unknown.append('x', {}, 1)
    expect(unknown.after({ epoch: 2, seq: 11 }).missed).toBeDefined()
  })
})
