import { expect, test } from 'vitest'
import { heldCards, homeFilters, type LiveCard, matches, onStageFirst } from './live-card.ts'

const card = (streamId: string, rank = 1, rest: Partial<LiveCard> = {}): LiveCard => ({
  streamId,
  handle: streamId,
  name: streamId,
  avatarUrl: null,
  title: streamId,
  category: null,
  language: null,
  country: null,
  medium: 'video',
  startedAt: 0,
  endedAt: null,
  viewers: rank,
  rank,
  pulse: [],
  voices: [],
  speakers: 0,
  ...rest,
})
const ids = (cards: readonly LiveCard[]) => cards.map(({ streamId }) => streamId)

test('[WEB-62] while somebody points at the list nobody moves: the new wait, the ended stay', () => {
  const shown = [card('a'), card('b'), card('c')]
  const held = heldCards(shown, [card('d', 9), card('c', 5), card('a', 2)], 7)
  expect(ids(held)).toEqual(['a', 'b', 'c', 'd'])
  expect(held.map(({ endedAt }) => endedAt)).toEqual([null, 7, null, null])
  expect(held[2]?.viewers, 'figures go on').toBe(5)
})

test('[WEB-62] the large stage changes hands only when its stream is over or surpassed', () => {
  const close = [card('a', 11), card('b', 10)]
  expect(ids(onStageFirst(close, 'b'))).toEqual(['b', 'a'])
  expect(ids(onStageFirst([card('a', 20), card('b', 10)], 'b'))).toEqual(['a', 'b'])
  expect(ids(onStageFirst(close, 'gone'))).toEqual(['a', 'b'])
  expect(onStageFirst([], 'b')).toEqual([])
})

test('[WEB-63] filters come from the address; nonsense there filters nothing', () => {
  expect(homeFilters({ category: 'music', language: 'pt-BR', country: 'NP' })).toEqual({
    category: 'music',
    language: 'pt-BR',
    country: 'NP',
  })
  const none = { category: undefined, language: undefined, country: undefined }
  expect(homeFilters({ category: '<script>', language: 7, country: ['NP'] })).toEqual(none)
  const nepali = card('a', 1, { language: 'ne', category: 'talk' })
  expect(matches(nepali, { language: 'ne' })).toBe(true)
  expect(matches(nepali, { language: 'ne', category: 'music' })).toBe(false)
  expect(matches(nepali, {})).toBe(true)
})
