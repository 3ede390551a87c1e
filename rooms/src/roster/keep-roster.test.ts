import { MapSchema } from '@colyseus/schema'
import { expect, it } from 'vitest'
import { type RosterState, ViewerCount } from './keep-roster.ts'
import type { CrewMember } from './state.ts'

it('[LIV-09] a large audience is counted once a second, a small one as people come', () => {
  const state: RosterState = { viewerCount: 0, crew: new MapSchema<CrewMember>() }
  const count = new ViewerCount()
  const published = (viewers: number, now: number) => {
    count.publish(state, viewers, now)
    return state.viewerCount
  }
  expect([published(1, 0), published(2, 10), published(500, 20)]).toEqual([1, 2, 500])
  expect([published(501, 500), published(502, 1_019), published(503, 1_020)]).toEqual([
    500, 500, 503,
  ])
  // Small again: at once.
  expect(published(499, 1_030)).toBe(499)
})
