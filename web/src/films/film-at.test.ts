import type { Film } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { filmAt } from './film-at.ts'

const film = (id: string, startedAt: number, durationMs: number): Film => ({
  id,
  startedAt,
  durationMs,
  bytes: 1,
  isSound: false,
  isPublished: true,
  link: null,
})
const films = [film('first', 100_000, 60_000), film('second', 400_000, 60_000)]

test('[WEB-164] the film of a moment is the one that was made then, or begins in a moment', () => {
  const rows: [at: number, id: string | undefined][] = [
    [60_000, undefined],
    [70_000, 'first'],
    [100_000, 'first'],
    [159_999, 'first'],
    [160_000, undefined],
    [369_999, undefined],
    [370_000, 'second'],
    [459_999, 'second'],
    [460_000, undefined],
  ]
  for (const [at, id] of rows) expect(filmAt(films, at)?.id, String(at)).toBe(id)
  expect(filmAt([], 0)).toBeUndefined()
})
