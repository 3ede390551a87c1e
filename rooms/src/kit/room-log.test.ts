import fc from 'fast-check'
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

  it('[LOG-03] a reader of another epoch is told that it missed everything before this one', () => {
    const log = new RoomLog({ epoch: 2, head: 100 })
    fill(log, 3)
    const gap = log.after({ epoch: 1, seq: 90 })
    expect(gap).toMatchObject({ missed: { from: 91, to: 100 }, to: 103, more: false })
    expect(gap.frames).toHaveLength(3)
    expect(log.after({ epoch: 1, seq: 500 }).missed).toMatchObject({ to: 100 })
    expect(new RoomLog({ epoch: 2, head: 100 }).after({ epoch: 1, seq: 100 })).toMatchObject({
      missed: { to: 100 },
      to: 100,
    })
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

  it('[LOG-05] history of earlier epochs is shown to joiners and never counted as this epoch', () => {
    const history = [7, 9].map((seq) => ({ type: 'line', entry: { seq, at: 1 } }))
    const log = new RoomLog({ epoch: 2, head: 20 }, history)
    fill(log, 1)
    expect(log.backlog().map(({ seq }) => seq)).toEqual([7, 9, 21])
    expect(log.after({ epoch: 2, seq: 20 })).toMatchObject({ missed: undefined, to: 21 })
  })
})
