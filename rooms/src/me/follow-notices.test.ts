import { expect, it } from 'vitest'
import type { NumberedNotice } from '../ports.ts'
import { NoticeFollower } from './follow-notices.ts'

const notice = { id: 'x', kind: 'warning', at: 1 } as NumberedNotice['notice']

function follow() {
  const kept: NumberedNotice[] = []
  const seen = { posted: [] as number[], unread: -1, lost: 0, failed: 0 }
  let isAway = false
  const follower = new NoticeFollower({
    ownerId: 'ann',
    box: {
      async after(_userId, seq, limit) {
        if (isAway) throw new Error('no database')
        return kept.filter((one) => one.seq > seq).slice(0, limit)
      },
      unread: async () => kept.length,
    },
    head: () => seen.posted.at(-1) ?? 0,
    post: ({ seq }) => void seen.posted.push(seq),
    unread: (count) => {
      seen.unread = count
    },
    lost: () => void (seen.lost += 1),
    failed: () => void (seen.failed += 1),
  })
  return {
    follower,
    seen,
    keep: (...seqs: number[]) => void kept.push(...seqs.map((seq) => ({ seq, notice }))),
    goAway: (away: boolean) => {
      isAway = away
    },
  }
}

it('[ME-06] signals that are doubled, lost or early post each notice once, in order', async () => {
  const { follower, seen, keep } = follow()
  keep(...Array.from({ length: 120 }, (_, index) => index + 1))
  await Promise.all([follower.catchUp(), follower.catchUp()])
  keep(121)
  const first = follower.catchUp()
  keep(122)
  await Promise.all([first, follower.catchUp()])
  expect(seen.posted).toEqual(Array.from({ length: 122 }, (_, index) => index + 1))
  expect(seen.unread).toBe(122)
})

it('[ME-06] a database that is away delays notices until a later beat and loses none', async () => {
  const { follower, seen, keep, goAway } = follow()
  keep(1)
  goAway(true)
  await follower.catchUp()
  expect(seen).toMatchObject({ posted: [], failed: 1 })
  goAway(false)
  follower.beat()
  await follower.catchUp()
  expect(seen).toMatchObject({ posted: [1], unread: 1, failed: 1 })
})

it('[ME-06] numbers that cannot be had any more end the room instead of a hole', async () => {
  const { follower, seen, keep } = follow()
  keep(7)
  await follower.catchUp()
  expect(seen).toMatchObject({ posted: [], lost: 1 })
  follower.stop()
  keep(8)
  await follower.catchUp()
  expect(seen.lost).toBe(1)
})
