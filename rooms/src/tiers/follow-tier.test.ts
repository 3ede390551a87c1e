import { expect, it, vi } from 'vitest'
import { TierFollower } from './follow-tier.ts'
import type { OwnTier } from './protocol.ts'

const nothing: OwnTier = { level: 0, until: null }

function follow() {
  const seen = { changed: [] as [OwnTier, boolean][], failed: 0 }
  const state = { tier: 0, tierUntil: 0 }
  const world = { now: 1_000, tier: nothing, isAway: false, tell: () => {} }
  const of = vi.fn(async () => {
    if (world.isAway) throw new Error('no database')
    return world.tier
  })
  const follower = new TierFollower({
    watch: {
      of,
      subscribe(_userId, listener) {
        world.tell = listener
        return () => {
          world.tell = () => {}
        }
      },
    },
    ownerId: 'ann',
    now: () => world.now,
    state: () => state,
    changed: (tier, isFirst) => void seen.changed.push([tier, isFirst]),
    failed: () => void (seen.failed += 1),
  })
  return { follower, seen, state, world, of }
}

it('[OG-06] what is found first is shown, what changes later is told, once', async () => {
  const { follower, seen, state, world } = follow()
  world.tier = { level: 2, until: 5_000 }
  await follower.beat()
  expect(state).toEqual({ tier: 2, tierUntil: 5_000 })
  expect(seen.changed).toEqual([[world.tier, true]])
  world.tier = { level: 3, until: 9_000 }
  world.tell()
  await vi.waitFor(() => expect(state).toEqual({ tier: 3, tierUntil: 9_000 }))
  world.tell()
  await follower.beat()
  expect(seen.changed).toEqual([
    [{ level: 2, until: 5_000 }, true],
    [{ level: 3, until: 9_000 }, false],
  ])
})

it('[OG-05] at the moment it ends it is read again, though nobody says anything', async () => {
  const { follower, seen, state, world, of } = follow()
  world.tier = { level: 1, until: 5_000 }
  await follower.beat()
  await follower.beat()
  expect(of).toHaveBeenCalledTimes(1)
  world.now = 5_000
  world.tier = nothing
  await follower.beat()
  expect(state).toEqual({ tier: 0, tierUntil: 0 })
  expect(seen.changed.at(-1)).toEqual([nothing, false])
})

it('[OG-06] a reading that fails is made up for by the next beat', async () => {
  const { follower, seen, state, world } = follow()
  world.isAway = true
  world.tier = { level: 1, until: 5_000 }
  await follower.beat()
  expect(seen).toEqual({ changed: [], failed: 1 })
  world.isAway = false
  await follower.beat()
  expect(state.tier).toBe(1)
  follower.stop()
  world.tier = nothing
  world.tell()
  await follower.beat()
  expect(state.tier).toBe(1)
})
