import { expect, it } from 'vitest'
import { scoreText } from './score-text.ts'

it('[TXT-01] a clean line scores nothing and a bad one says what was found, as it was written', () => {
  expect(scoreText('good evening everybody')).toEqual({ score: 0, category: 'none', matches: [] })
  expect(scoreText('')).toEqual({ score: 0, category: 'none', matches: [] })
  expect(scoreText('well, sh1t happens')).toMatchObject({
    category: 'profanity',
    matches: ['sh1t'],
  })
  for (const id of ['fa6d004e', 'order a5587687', 'e33a64b3-ed1f-4a95-bbc1-a01fce4357c2']) {
    expect(scoreText(id), id).toMatchObject({ score: 0 })
  }
  for (const line of ['fuck20261128', 'n1663r', 'm07h3rfuck3r', 'b1tch 12345678']) {
    expect(scoreText(line).score, line).toBeGreaterThanOrEqual(0.6)
  }
  expect(scoreText('so 𝒻𝓊𝒸𝓀 that')).toMatchObject({ matches: ['𝒻𝓊𝒸𝓀'] })
})

it.each([
  ['wide letters', 'ｆｕｃｋ'],
  ['mathematical letters', '𝐟𝐮𝐜𝐤'],
  ['circled letters', 'ⓕⓤⓒⓚ'],
  ['flags', '🇫🇺🇨🇰'],
  ['Cyrillic letters', 'ѕһіт'],
  ['Greek letters', 'sηιτ shιτ'],
  ['accents piled up', 'f̴u̵c̷k̸'],
  ['letters of nothing', 'f\u200bu\u200dc\u2060k'],
  ['a soft hyphen', 'fu\u00adck'],
  ['digits', 'b1tch'],
  ['signs', '@$$h0le'],
  ['masks', 'f*ck'],
  ['blanks', 'f u c k'],
  ['points', 'f.u.c.k'],
  ['one blank', 'fu ck'],
  ['stretching', 'fuuuuuuuuuck'],
  ['doubling', 'ff uu cc kk'],
  ['capitals', 'FuCk'],
  ['a compound', 'absofuckinglutely'],
  ['a tag', '#fuckthisgame'],
])('[TXT-02] a word is found behind %s', (_, line) => {
  expect(scoreText(line).score).toBeGreaterThanOrEqual(0.6)
})

it('[TXT-03] a person who is meant makes an insult worse; telling of one makes it less', () => {
  const said = (line: string): number => scoreText(line).score
  expect(said('what a bitch')).toBeLessThan(0.9)
  expect(said('you are such a bitch')).toBeGreaterThanOrEqual(0.9)
  expect(said('@asha bitch')).toBeGreaterThanOrEqual(0.9)
  expect(said('he called me a bitch')).toBeLessThan(0.9)
  expect(said('fuck, I missed the start')).toBeLessThan(0.9)
  expect(said('fuck you')).toBeGreaterThanOrEqual(0.9)
  expect(said('f*ck you')).toBeGreaterThanOrEqual(0.9)
  expect(said('this boss is stupid')).toBeLessThan(0.6)
  expect(said('you are stupid')).toBeGreaterThanOrEqual(0.6)
  expect(said('you are not stupid at all')).toBeLessThan(0.6)
  expect(said('you fucking idiot')).toBeGreaterThanOrEqual(0.9)
})

it('[TXT-04] Nepali is scored in Devanagari and in Latin letters, with its endings', () => {
  for (const line of ['मुजी', 'मु\u200dजी', 'रन्डीको', 'muji', 'MUJIharu', 'm u j i', 'mujiiii']) {
    expect(scoreText(line).score, line).toBeGreaterThanOrEqual(0.6)
  }
  expect(scoreText('तँ मुजी होस्').score).toBeGreaterThanOrEqual(0.9)
  expect(scoreText('शुभ साँझ सबैलाई, आज कस्तो छ?').score).toBe(0)
  expect(scoreText('dai momo khana aau na').score).toBe(0)
})
