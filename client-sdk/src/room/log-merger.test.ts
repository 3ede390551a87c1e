import type { Entry, LogReadReply } from '@odeon/rooms/protocol'
import { describe, expect, test } from 'vitest'
import { heldEntriesMax, LogMerger } from './log-merger.ts'

function follow() {
  const told: string[] = []
  const merger = new LogMerger({
    deliver: (_type, { seq }, replayed) => told.push(replayed ? `${seq} again` : `${seq}`),
    announce: ({ missedFrom, missedTo }) => told.push(`lost ${missedFrom}–${missedTo}`),
    skip: ({ from, to }) => told.push(`spared ${from}–${to}`),
    read: ({ epoch, after }, when) => told.push(`read ${epoch}:${after} ${when}`),
  })
  return {
    merger,
    told,
    welcome: (epoch: number, head: number, from = head + 1, backlog = head - from + 1) =>
      merger.welcome({
        epoch,
        head,
        from,
        backlog,
        serverTime: 0,
        you: { id: '', name: '', role: 'viewer' },
      }),
    entries: (...seqs: number[]) => {
      for (const seq of seqs) merger.entry('x', { seq, at: 0 } satisfies Entry)
    },
    replied: (reply: Partial<Extract<LogReadReply, { recovered: false }>> & { to: number }) =>
      merger.replied({
        epoch: 1,
        more: false,
        recovered: reply.missedTo === undefined,
        ...reply,
      } as LogReadReply),
  }
}

describe('a first join', () => {
  test('[SDK-02] history is told as replayed, what follows as new', () => {
    const { told, welcome, entries } = follow()
    welcome(1, 12, 11)
    entries(11, 12, 13)
    expect(told).toEqual(['11 again', '12 again', '13'])
  })

  test('[SDK-02] holes in the history are the past of the room and no loss', () => {
    const { told, welcome, entries } = follow()
    welcome(3, 1_000, 7, 3)
    entries(7, 8, 190, 1_001)
    expect(told).toEqual(['7 again', '8 again', '190 again', '1001'])
  })

  test('[SDK-01] without history the log begins with the next entry', () => {
    const { told, welcome, entries } = follow()
    welcome(1, 40)
    entries(41)
    expect(told).toEqual(['41'])
  })
})

describe('gaps on a standing connection', () => {
  test('[SDK-01] an early entry waits while the missing ones are read', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(1, 4, 5)
    expect(told).toEqual(['1', 'read 1:1 now'])
    entries(2, 3)
    replied({ to: 3 })
    expect(told.slice(2)).toEqual(['2', '3', '4', '5'])
  })

  test('[SDK-01] repeated entries are told once', () => {
    const { told, welcome, entries } = follow()
    welcome(1, 0)
    entries(1, 1, 2, 1, 2, 3)
    expect(told).toEqual(['1', '2', '3'])
  })

  test('[SDK-01] a gap that cannot be filled is announced before what follows it', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(1, 9)
    entries(6, 7, 8)
    replied({ missedFrom: 2, missedTo: 5, to: 8 })
    expect(told).toEqual(['1', 'read 1:1 now', 'lost 2–5', '6', '7', '8', '9'])
  })

  test('[SDK-01] a long gap is read piece by piece', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(1, 6)
    entries(2, 3)
    replied({ to: 3, more: true })
    entries(4, 5)
    replied({ to: 5 })
    expect(told).toEqual(['1', 'read 1:1 now', '2', '3', 'read 1:3 now', '4', '5', '6'])
  })

  test('[SDK-01] a read that brings nothing is repeated later, not at once', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(3)
    replied({ to: 2 })
    expect(told).toEqual(['read 1:0 now', 'read 1:0 soon'])
  })

  test('[SDK-11] frames skipped for a slow client are read after its resync', () => {
    const { told, welcome, merger } = follow()
    welcome(1, 3)
    merger.resync({ epoch: 1, head: 8 })
    expect(told).toEqual(['read 1:3 now'])
  })

  test('[SDK-11] a log that stands ahead of us for two pulses is read', () => {
    const { told, welcome, merger } = follow()
    welcome(1, 3)
    merger.pulse(5)
    expect(told).toEqual([])
    merger.pulse(6)
    expect(told).toEqual(['read 1:3 now'])
  })

  test('[SDK-11] a log that grows with each pulse is not read: the entries come behind it', () => {
    const { told, welcome, entries, merger } = follow()
    welcome(1, 0)
    for (let seq = 1; seq <= 5; seq += 1) {
      merger.pulse(seq)
      entries(seq)
    }
    expect(told).toEqual(['1', '2', '3', '4', '5'])
  })

  test('[SDK-11] what is read after a resync is told as replayed: the state is ahead of it', () => {
    const { told, welcome, entries, replied, merger } = follow()
    welcome(1, 0)
    merger.resync({ epoch: 1, head: 2 })
    entries(1, 2, 3)
    replied({ to: 3 })
    expect(told).toEqual(['read 1:0 now', '1 again', '2 again', '3'])
  })

  test('[SDK-01] what is held back is bounded, and read again when it did not fit', () => {
    const { told, welcome, entries, replied } = follow()
    const last = heldEntriesMax + 10
    welcome(1, 0)
    for (let seq = 2; seq <= last; seq++) entries(seq)
    entries(1)
    expect(told.at(-1)).toBe(`${heldEntriesMax + 1}`)
    replied({ to: 1 })
    expect(told.at(-1)).toBe(`read 1:${heldEntriesMax + 1} now`)
  })
})

describe('after a reconnection', () => {
  test('[SDK-01] the entries missed while away come first, told as replayed', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(1)
    welcome(1, 3)
    entries(4)
    entries(2, 3)
    replied({ to: 3 })
    expect(told).toEqual(['1', 'read 1:1 now', '2 again', '3 again', '4'])
  })

  test('[SDK-01] a restarted room goes on where its record ends, and the rest is announced', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(1)
    welcome(2, 5)
    entries(6)
    expect(told).toEqual(['1', 'read 1:1 now'])
    replied({ epoch: 2, missedFrom: 2, missedTo: 5, to: 6 })
    expect(told.slice(2)).toEqual(['lost 2–5', '6'])
  })

  test('[SDK-01] what a restarted room still has of the time before is delivered', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(1)
    welcome(2, 4)
    entries(2, 3, 4, 5)
    replied({ epoch: 2, to: 5 })
    expect(told).toEqual(['1', 'read 1:1 now', '2 again', '3 again', '4 again', '5'])
  })

  test('[SDK-01] a restart that lost nothing announces nothing', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(1, 2)
    welcome(2, 2)
    replied({ epoch: 2, missedFrom: 2, missedTo: 2, to: 2 })
    entries(3)
    expect(told).toEqual(['1', '2', 'read 1:2 now', '3'])
  })

  test('[SDK-01] a restart that lost what we saw goes back to the end of its record', () => {
    const { told, welcome, entries, replied } = follow()
    welcome(1, 0)
    entries(1, 2, 3)
    welcome(2, 1)
    entries(2)
    replied({ epoch: 2, missedFrom: 1, missedTo: 1, to: 2 })
    expect(told).toEqual(['1', '2', '3', 'read 1:3 now', 'lost 2–3', '2'])
  })
})

describe('a connection that is too slow', () => {
  test('[SDK-34] what it is spared is passed over in its place, told once, and not asked for', () => {
    const { merger, told, welcome, entries } = follow()
    welcome(1, 10)
    merger.sampled({
      epoch: 1,
      skipped: [
        [11, 14],
        [16, 16],
      ],
    })
    entries(15, 17)
    merger.sampled({ epoch: 1, skipped: [[20, 21]] })
    entries(18, 19, 22)
    expect(told).toEqual([
      'spared 11–14',
      '15',
      'spared 16–16',
      '17',
      '18',
      '19',
      'spared 20–21',
      '22',
    ])
  })

  test('[SDK-34] a real gap before it is filled, and what comes with that is told', () => {
    const { merger, told, welcome, entries, replied } = follow()
    welcome(1, 10)
    merger.sampled({ epoch: 1, skipped: [[12, 13]] })
    entries(14)
    expect(told).toEqual(['read 1:10 now'])
    entries(11, 12, 13)
    replied({ to: 14 })
    expect(told).toEqual(['read 1:10 now', '11', '12', '13', '14'])
  })

  test('[SDK-34] words about another epoch, or about what was seen, change nothing', () => {
    const { merger, told, welcome, entries } = follow()
    welcome(2, 10)
    merger.sampled({ epoch: 1, skipped: [[11, 14]] })
    merger.sampled({ epoch: 2, skipped: [[3, 9]] })
    entries(11)
    expect(told).toEqual(['11'])
  })
})
