import { lobbyLimits, Listings, type RankedCard, type StreamCardFacts } from '@odeon/rooms'
import { beforeEach, describe, expect, test } from 'vitest'
import { someCard } from '../../../rooms/src/testing/memory-directory.ts'
import { testApp } from '../platform/http/testing.ts'
import { lobbyEndpoints } from './endpoints.ts'

let listings = new Listings(0)
const app = await testApp({ endpoints: lobbyEndpoints({ cards: () => listings.cards() }) })
const list = (streamId: string, more: Partial<StreamCardFacts> = {}) =>
  listings.hear(listings.rank(someCard(streamId, more), 0), 0)
const ask = async (query = '') => {
  const reply = await app.fetch(`/v1/live${query}`)
  expect(reply.status).toBe(200)
  return (await reply.json()) as { streams: RankedCard[]; next: string | null; total: number }
}
const ids = ({ streams }: { streams: RankedCard[] }) => streams.map(({ streamId }) => streamId)

beforeEach(() => {
  listings = new Listings(0)
})

describe('[LOB-10] who is live, by page and in the order of the lobby', () => {
  test('pages follow one another without a gap or a double, ties by start', async () => {
    for (let n = 0; n < 250; n += 1) {
      list(`s${n}`, { viewers: Math.floor(n / 3), startedAt: 1_000 - (n % 3) })
    }
    const seen: string[] = []
    let after: string | null = ''
    for (let pages = 0; after !== null; pages += 1) {
      const page = await ask(`?limit=${lobbyLimits.pageMax}${after && `&after=${after}`}`)
      expect(page.total).toBe(250)
      seen.push(...ids(page))
      after = page.next
      expect(pages).toBeLessThan(3)
    }
    expect(seen).toHaveLength(250)
    expect(new Set(seen).size).toBe(250)
    expect(seen.slice(0, 4)).toEqual(['s249', 's248', 's247', 's246'])
  })

  test('a page goes on where it was, though its last stream has ended', async () => {
    for (const viewers of [1, 2, 3, 4]) list(`s${viewers}`, { viewers })
    const first = await ask('?limit=2')
    listings.drop('s3')
    expect(ids(await ask(`?limit=2&after=${first.next}`))).toEqual(['s2', 's1'])
  })

  test('by category, language and country, alone and together', async () => {
    list('a', { category: 'music', language: 'ne', country: 'NP' })
    list('b', { category: 'music', language: 'pt-BR', country: 'BR', viewers: 2 })
    list('c', { category: 'talk', language: 'pt', country: 'PT' })
    list('d')
    expect(ids(await ask('?category=music'))).toEqual(['b', 'a'])
    expect(ids(await ask('?language=pt'))).toEqual(['b', 'c'])
    expect(ids(await ask('?language=pt-br'))).toEqual(['b'])
    expect(ids(await ask('?country=np'))).toEqual(['a'])
    expect(ids(await ask('?category=music&country=PT'))).toEqual([])
    expect(await ask('?category=talk')).toMatchObject({ total: 1, next: null })
  })

  test('[AUD-01] rooms of voices are found by their medium, streams of pictures by theirs', async () => {
    list('seen')
    const voices = [{ id: 'ann', name: 'Ann Lee', isAudible: true }]
    list('heard', { medium: 'audio', voices, speakers: 3 })
    expect(ids(await ask('?medium=audio'))).toEqual(['heard'])
    expect(ids(await ask('?medium=video'))).toEqual(['seen'])
    const [heard] = (await ask('?medium=audio')).streams
    expect(heard).toMatchObject({ medium: 'audio', voices, speakers: 3 })
  })

  test('shows what the lobby shows, and nothing of how a rank came about', async () => {
    list('a', { viewers: 12_345, coinsInFiveMinutes: 100, pulse: [1, 2, 3] })
    const { streams } = await ask()
    expect(streams[0]).toMatchObject({ viewers: 12_345, rank: 12_400, pulse: [1, 2, 3] })
    expect(JSON.stringify(streams)).not.toMatch(/coins|chatters/)
  })

  test('what is no page is refused', async () => {
    for (const query of ['?limit=0', '?limit=101', '?after=x', '?after=1_2', '?color=red']) {
      expect((await app.fetch(`/v1/live${query}`)).status).toBe(400)
    }
  })
})
