import { expect, test } from 'vitest'
import type { LiveCard } from './live-card.ts'
import { heldRails, type LiveRail, railsOf } from './live-rails.ts'

const order = ['music', 'learn', 'art']
const card = (streamId: string, category: string | null) => ({ streamId, category }) as LiveCard
const seen = (rails: LiveRail[]) =>
  rails.map(({ category, cards }) => [category, cards.map(({ streamId }) => streamId).join('')])

test('[WEB-77] rails have two rooms at least and stand in the order of the house', () => {
  const cards = [
    card('a', 'art'),
    card('b', 'learn'),
    card('c', 'music'),
    card('d', 'learn'),
    card('e', null),
    card('f', 'music'),
    card('g', 'art'),
  ]
  expect(seen(railsOf(cards, order))).toEqual([
    ['music', 'cf'],
    ['learn', 'bd'],
    [null, 'eg'],
  ])
})

test('[WEB-77] with one category, or only the large stage, nothing is divided', () => {
  const music = [card('a', 'music'), card('b', 'music'), card('c', 'music'), card('d', null)]
  expect(seen(railsOf(music, order))).toEqual([[null, 'bcd']])
  expect(railsOf([card('a', 'music')], order)).toEqual([])
})

test('[WEB-77] under the pointer no room changes its rail; newcomers wait at the end', () => {
  const before = [card('a', 'art'), card('b', 'music'), card('c', 'music'), card('d', 'learn')]
  const now = [...before, card('e', 'learn'), card('f', 'music')]
  expect(seen(heldRails(railsOf(before, order), now))).toEqual([
    ['music', 'bc'],
    [null, 'def'],
  ])
  expect(seen(railsOf(now, order))).toEqual([
    ['music', 'bcf'],
    ['learn', 'de'],
  ])
})
