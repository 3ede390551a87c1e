import { expect, test } from 'vitest'
import { houseLimits } from './limits.ts'
import { actionOf, moderationBench } from './testing.ts'

const bench = await moderationBench()

test('[SAN-08] what a purge took out is forgotten after a day, and only then', async () => {
  const house = await bench.house('tidy_house')
  const viewer = await bench.person('tidied')
  await bench.say(house.streamId, 1, viewer, 'gone soon')
  await bench.moderation.take(actionOf(house, house.host, 'purge', viewer))
  const kept = () => bench.database.sql`select entry ->> 'text' as text from removed_lines`
  await bench.moderation.startUpkeep()()
  expect(await kept()).toEqual([{ text: 'gone soon' }])
  bench.pass(houseLimits.removedKeptMs + 1_000)
  await bench.moderation.startUpkeep()()
  expect(await kept()).toEqual([])
})
