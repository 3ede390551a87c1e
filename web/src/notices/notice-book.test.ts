import type { Notice, NoticePage } from '@odeon/sdk'
import { describe, expect, test } from 'vitest'
import { bookLimits, NoticeBook } from './notice-book.ts'

const notice = (n: number, readAt: number | null = null): Notice => ({
  id: `n${String(n).padStart(4, '0')}`,
  kind: 'warning',
  at: n,
  readAt,
  channel: null,
  from: null,
  text: `${n}`,
  path: null,
  sanctionId: null,
  until: null,
})

/** A server with notices 1…count. */
function open(count: number) {
  let kept = Array.from({ length: count }, (_, index) => notice(count - index))
  let isAway = false
  const book = new NoticeBook(async ({ before, limit }): Promise<NoticePage> => {
    if (isAway) throw new Error('away')
    const from = before === undefined ? 0 : kept.findIndex(({ id }) => id === before) + 1
    const page = kept.slice(from, from + limit)
    return { notices: page, more: kept.length > from + limit, unread: 0 }
  })
  return {
    book,
    texts: () => book.list().notices.map(({ text }) => Number(text)),
    add: (n: number) => {
      kept = [notice(n), ...kept]
    },
    goAway: (away: boolean) => {
      isAway = away
    },
  }
}
const down = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => from - index)

describe('[ME-07] a page shows each notice once, newest first', () => {
  test('page by page to the end, with those that come meanwhile in front', async () => {
    const { book, texts } = open(50)
    book.posted(notice(51))
    expect(texts()).toEqual([])
    await book.refresh()
    expect(texts()).toEqual(down(50, 31))
    book.posted(notice(51))
    book.posted(notice(51))
    await book.readOlder()
    await book.readOlder()
    expect(texts()).toEqual(down(51, 1))
    expect(book.list()).toMatchObject({ status: 'ready', more: false })
    await book.readOlder()
    expect(texts()).toHaveLength(51)
  })

  test('reading again joins what is known, or begins anew where a hole would be', async () => {
    const { book, texts, add } = open(60)
    await book.refresh()
    await book.readOlder()
    add(61)
    await book.refresh()
    expect(texts()).toEqual(down(61, 21))
    expect(book.list().more).toBe(true)
    for (const n of down(61 + bookLimits.pageSize + 5, 62).reverse()) add(n)
    await book.refresh()
    expect(texts()).toEqual(down(86, 67))
    await book.readOlder()
    expect(texts()).toEqual(down(86, 47))
  })

  test('what was read elsewhere is read here, one or all, and stays so', async () => {
    const { book } = open(3)
    await book.refresh()
    book.marked('n0002', 9)
    expect(book.list().notices.map(({ readAt }) => readAt)).toEqual([null, 9, null])
    book.marked(null, 12)
    await book.refresh()
    expect(book.list().notices.map(({ readAt }) => readAt)).toEqual([12, 9, 12])
  })

  test('a failure is said and mended by the next try; the next person sees nothing', async () => {
    const { book, texts, goAway } = open(2)
    goAway(true)
    await book.refresh()
    expect(book.list().status).toBe('failed')
    goAway(false)
    const reading = book.refresh()
    book.clear()
    await reading
    expect([book.list().status, texts()]).toEqual(['closed', []])
  })
})
