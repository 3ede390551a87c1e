import { expect, it } from 'vitest'
import { Tally } from './tally.ts'

const minute = 60_000

it('[LIV-06] numbers of a stream: peak, average and watch time weigh time, people count once', () => {
  const tally = new Tally(0, 0)
  tally.joined('early', 0)
  tally.viewers(1, 0)
  tally.start(10 * minute)
  tally.joined('ann', 10 * minute)
  tally.viewers(2, 10 * minute)
  tally.joined('bob', 11 * minute)
  tally.viewers(4, 11 * minute)
  tally.joined('ann', 13 * minute)
  tally.viewers(1, 13 * minute)
  for (const who of ['ann', 'ann', 'bob']) tally.message(who)
  tally.reaction('clap', 7)
  expect(tally.numbers(15 * minute)).toEqual({
    durationMs: 5 * minute,
    viewersPeak: 4,
    viewersAverage: (2 * 1 + 4 * 2 + 1 * 2) / 5,
    viewersUnique: 3,
    watchMinutes: 12,
    messages: 3,
    chatters: 2,
    reactions: 7,
    reactionsByKind: { heart: 0, fire: 0, laugh: 0, clap: 7, wow: 0, cry: 0 },
    joinsPerMinute: [1, 1, 0, 1],
  })
})

it('[LIV-07] after a restart the numbers go on from the last checkpoint', () => {
  const before = new Tally(0, 0)
  before.start(0)
  before.viewers(3, 0)
  before.joined('ann', 0)
  before.message('ann')
  const saved = before.numbers(2 * minute)
  const resumed = new Tally(1, 4 * minute, saved)
  resumed.viewers(1, 4 * minute)
  resumed.message('bob')
  expect(resumed.numbers(6 * minute)).toMatchObject({
    viewersPeak: 3,
    watchMinutes: 8,
    messages: 2,
    chatters: 2,
  })
})

it('[LIV-12] of each of the last 24 periods it knows the lines and reactions, oldest first', () => {
  const tally = new Tally(1, 0)
  for (let period = 1; period <= 26; period += 1) {
    for (let n = 0; n < period; n += 1) tally.message('ann')
    tally.reaction('wow', 100)
    tally.pulse(period * 5_000)
  }
  expect(tally.points).toEqual(Array.from({ length: 24 }, (_, index) => 103 + index))
})

it('[LIV-08] the pulse counts messages and reactions of the last minute and chatters of five', () => {
  const tally = new Tally(1, 0)
  tally.message('ann')
  tally.reaction('heart', 5)
  expect(tally.pulse(5_000)).toEqual({
    messagesPerMinute: 1,
    chattersInFiveMinutes: 1,
    reactionsPerMinute: 5,
    viewersPeak: 0,
  })
  let last = tally.pulse(10_000)
  for (let now = 15_000; now <= 65_000; now += 5_000) last = tally.pulse(now)
  expect(last).toMatchObject({ messagesPerMinute: 0, chattersInFiveMinutes: 1 })
  expect(tally.pulse(5 * minute + 5_001)).toMatchObject({ chattersInFiveMinutes: 0 })
})
