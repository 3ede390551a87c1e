/** What is found for what is typed, in which order, and that a query is only ever text. */
import { expect, test } from 'vitest'
import { someNumbers, streamsApp } from '../streams/testing.ts'
import { askedWords } from './asked-words.ts'
import { searchLimits } from './protocol.ts'

const app = await streamsApp()
const { call, database } = app

interface Facts {
  name?: string
  about?: string
  followers?: number
}
async function channel(handle: string, { followers = 0, ...json }: Facts = {}) {
  const as = await app.person(handle)
  const made = await app.channels.ensure(as.userId)
  if (Object.keys(json).length > 0) await call('PATCH', `/v1/channels/${handle}`, { json, as })
  await database.sql`update channels set followers = ${followers} where id = ${made?.id}`
  app.channels.forget(made?.id as string)
  return as
}
async function live(as: { userId: string }, title: string) {
  const { body } = await call('POST', '/v1/streams', { json: { title }, as })
  await app.streams.start(body.id, Date.now())
  return body.id as string
}
const search = async (q: string, more = '') => {
  const { body } = await call('GET', `/v1/search?q=${encodeURIComponent(q)}${more}`)
  return body as { channels: { handle: string }[]; streams: { id: string; title: string }[] }
}
const handles = async (q: string) => (await search(q)).channels.map((one) => one.handle)

test('[SEA-01] a channel is found by handle, name and text, as one types', async () => {
  await channel('rooftop_radio', { name: 'Café Ñandú', about: 'Slow jazz above Kathmandu' })
  for (const q of ['rooftop_radio', 'ROOF', '@rooftop', 'rooft', 'radio', 'radi']) {
    expect(await handles(q), q).toContain('rooftop_radio')
  }
  for (const q of ['café', 'cafe', 'CAFE NAN', 'ñandú', 'nandu', 'jazz', 'kathm', 'jazz above']) {
    expect(await handles(q), q).toContain('rooftop_radio')
  }
  expect(await handles('opera')).not.toContain('rooftop_radio')
})

test('[SEA-01] names in any script are found', async () => {
  await channel('nepali_ch', { name: 'नेपाली संगीत घर' })
  await channel('greek_ch', { name: 'Ελληνικά Νέα' })
  await channel('kanji_ch', { name: '東京ラジオ' })
  expect(await handles('नेपाली')).toContain('nepali_ch')
  expect(await handles('संगी')).toContain('nepali_ch')
  expect(await handles('ελληνικά')).toContain('greek_ch')
  expect(await handles('東京')).toContain('kanji_ch')
})

test('[SEA-02] exact comes before beginnings, names before texts, then live, then followers', async () => {
  await channel('text_only', { about: 'All about the comet', followers: 9_000 })
  await channel('big_word', { name: 'Big comet show', followers: 8_000 })
  await channel('comets_many', { followers: 700 })
  await channel('comets_few', { followers: 3 })
  await channel('named', { name: 'Comet', followers: 1 })
  await channel('comet')
  await live(await channel('cometary'), 'Night sky')
  expect(await handles('comet')).toEqual([
    'comet',
    'named',
    'cometary',
    'comets_many',
    'comets_few',
    'big_word',
    'text_only',
  ])
})

test('[SEA-03] a slip of the fingers is forgiven', async () => {
  await channel('thunderbird', { name: 'Thunderbird Sessions' })
  for (const q of ['thunderbrid', 'tunderbird', 'thunderbir', 'thnderbird', 'sesions', 'bird']) {
    expect(await handles(q), q).toContain('thunderbird')
  }
  expect(await handles('umbrella')).not.toContain('thunderbird')
})

test('[SEA-04] live streams are found by title and by channel, others are not', async () => {
  const as = await channel('late_show', { name: 'Late Show' })
  const id = await live(as, 'Repairing an old accordéon')
  const ids = async (q: string) => (await search(q)).streams.map((stream) => stream.id)
  for (const q of ['accordeon', 'repairing', 'old acc', 'acordeon', 'late show', 'late_sh']) {
    expect(await ids(q), q).toContain(id)
  }
  await app.streams.end(id, Date.now(), someNumbers)
  expect(await ids('accordeon')).toEqual([])
  const { body } = await call('POST', '/v1/streams', { json: { title: 'Accordeon again' }, as })
  expect(body.phase).toBe('pending')
  expect(await ids('accordeon')).toEqual([])
})

test.each([
  '%',
  '_',
  '%%%',
  "'",
  "'; drop table channels; --",
  "' or 1=1 --",
  '\\',
  '\\%',
  "a' & 'b",
  '!a | b',
  'a:*',
  ':*',
  '<->',
  '(((',
  '$1',
  '{a,b}',
  'ŉ',
  '½',
  '\u202e\u0000x',
  '<script>alert(1)</script>',
  'NaN',
  '__proto__',
  '🦉',
  'ｆｕｌｌ',
])('[SEA-05] %j is text and no command', async (q) => {
  const { status, body } = await call('GET', `/v1/search?q=${encodeURIComponent(q)}`)
  expect(status, JSON.stringify(body)).toBe(200)
  const [row] = await database.sql<{ count: string }>`select count(*) from channels`
  expect(body.channels.length).toBeLessThan(Number(row?.count))
})

test('[SEA-05] signs of the database stand for themselves', async () => {
  await channel('a_b_under')
  await channel('axb_other')
  expect(await handles('a_b_')).not.toContain('axb_other')
  expect(await handles('a%')).toEqual(await handles('a'))
})

test('[SEA-06] nothing is found for nothing; one or two letters find beginnings', async () => {
  await channel('qx_begins', { about: 'zz inside' })
  for (const q of ['', '   ', '...', '!?']) {
    expect(await search(q), q).toEqual({ channels: [], streams: [] })
  }
  expect(await handles('q')).toContain('qx_begins')
  expect(await handles('qx')).toContain('qx_begins')
  expect(await handles('zz')).not.toContain('qx_begins')
  expect(await call('GET', '/v1/search')).toMatchObject({ status: 200, body: { channels: [] } })
})

test('[SEA-06] a query and its answer are bounded', async () => {
  expect((await search('c', '&limit=2')).channels).toHaveLength(2)
  for (const more of ['&limit=0', '&limit=51', '&limit=x', '&sort=a']) {
    expect((await call('GET', `/v1/search?q=a${more}`)).status, more).toBe(400)
  }
  const long = 'x'.repeat(searchLimits.queryCharsMax + 1)
  expect((await call('GET', `/v1/search?q=${long}`)).status).toBe(400)
  expect(askedWords('y'.repeat(150))?.text).toHaveLength(searchLimits.askedCharsMax)
})

test('[SEA-07] suspended people are not found, neither their channels nor their streams', async () => {
  const as = await channel('gone_bad', { name: 'Gone Bad' })
  await live(as, 'Gone bad tonight')
  await database.sql`update users set suspended_at = now() where id = ${as.userId}`
  expect(await search('gone bad')).toEqual({ channels: [], streams: [] })
})

test.each([
  ['channels_handle_prefix', "channels where handle like 'ab%'"],
  ['channels_name_prefix', "channels where search_name like 'ab%'"],
  ['channels_search_words', "channels where search_words @@ '''night'' & ''ow'':*'::tsquery"],
  ['channels_search_text', "channels where 'nihgtowl' <% search_text"],
  ['channels_followers', 'channels order by followers desc, id limit 10'],
])('[SEA-08] %s serves %s', async (index, what) => {
  const plan = await database.transaction(async (sql) => {
    // Few rows are always read in order; the question is what else could be done.
    await sql`set local enable_seqscan = off`
    const text = [`explain select id from ${what}`] as unknown as TemplateStringsArray
    return await sql<{ 'QUERY PLAN': string }>(text)
  })
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain(index)
})
