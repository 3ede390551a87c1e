// What a line carries beside its text: the line it answers, who is named, emotes, badges.
import { describe, expect, it } from 'vitest'
import type { Member } from '../kit/member.ts'
import { type ChatBench, chatBench } from '../testing/chat-scope.ts'
import { findEmotes, isEmotesOnly } from './find-emotes.ts'
import { findMentions } from './find-mentions.ts'
import { People } from './people.ts'
import { type ChatPosted, chatLimits } from './protocol.ts'
import { sendChat } from './send-chat.ts'

let ids = 0
const say = (bench: ChatBench, member: Member, text: string, more: object = {}) =>
  sendChat(bench.scope, member, { requestId: `request-${++ids}`, text, ...more }) as ChatPosted

describe('answers', () => {
  it('[CHT-14] an answer carries the beginning of what it answers, and tells its author once', async () => {
    const bench = chatBench()
    const [ann, bob] = [bench.enter('ann'), bench.enter('bob')]
    const { id } = say(bench, ann, `@Bob ${'😀'.repeat(120)}`)
    const answer = say(bench, bob, 'yes @Ann', { replyTo: id })
    expect(answer.replyTo).toEqual({
      id,
      from: { id: 'ann', name: 'Ann' },
      text: `@Bob ${'😀'.repeat(95)}`,
    })
    say(bench, bob, 'myself', { replyTo: answer.id })
    await bench.settle()
    expect(bench.notices.kept.map(({ to, notice }) => [to, notice.kind])).toEqual([
      ['bob', 'mention'],
      ['ann', 'reply'],
    ])
    expect(bench.notices.kept[1]?.notice).toMatchObject({
      channel: { id: 'channel', handle: 'owl', name: 'Night Owl' },
      from: { id: 'bob', name: 'Bob' },
      text: 'yes @Ann',
      path: '/live/stream',
      line: { streamId: 'stream', seq: answer.seq },
    })
    expect(() => say(bench, bob, 'what', { replyTo: 'gone' })).toThrow(
      expect.objectContaining({ code: 'no_such_line' }),
    )
  })
})

describe('mentions', () => {
  const people = new People()
  for (const name of ['Ann', 'Ann Lee', 'Ann Leeson', 'Mr. Fox', 'मिरा', 'Jo']) {
    people.came({ id: name.toLowerCase(), name })
  }
  const named = (text: string) => findMentions(text, people)

  it('[CHT-15] name people who are here, the longest name first, in any case', () => {
    expect(named('hi @ann lee, and @ANN').ids).toEqual(['ann lee', 'ann'])
    expect(named('@Ann Leesonx @Mr. Fox! @मिरा').ids).toEqual(['ann', 'mr. fox', 'मिरा'])
    expect(named('(@jo)').ids).toEqual(['jo'])
    expect(named('mail jo@ann.example').ids).toEqual([])
    expect(named('@Jox @ jo').ids).toEqual([])
  })

  it('[CHT-15] words that name nobody here may be accounts; five in all', () => {
    expect(named('@night_owl and @Jo and @x').names).toEqual(['night_owl'])
    const many = named(`${'@jo @ann @ann lee '.repeat(3)} @a11 @b22 @c33 @d44`)
    expect([...many.ids, ...many.names]).toEqual(['jo', 'ann', 'ann lee', 'a11', 'b22'])
    expect(named('@nobody '.repeat(30)).names).toEqual(['nobody'])
  })

  it('[CHT-15] who spoke and left is still known, bounded; of one name, who spoke comes first', () => {
    const known = new People()
    known.came({ id: 'a1', name: 'Ann' })
    known.came({ id: 'a2', name: 'ann' })
    known.spoke({ id: 'a2', name: 'ann' })
    expect(known.named('ANN')).toEqual(['a2', 'a1'])
    known.left('a1')
    known.left('a2')
    expect(known.named('ann')).toEqual(['a2'])
    expect(known.nameOf('a1')).toBeUndefined()
    for (let n = 0; n < chatLimits.spokenMax; n += 1) known.spoke({ id: `p${n}`, name: `P ${n}` })
    expect(known.named('ann')).toEqual([])
    known.came({ id: 'p9', name: 'Renamed' })
    expect([known.named('p 9'), known.named('renamed')]).toEqual([[], ['p9']])
  })

  it('[CHT-15] nobody is told of naming themselves', async () => {
    const bench = chatBench()
    const ann = bench.enter('ann')
    bench.enter('bob')
    expect(say(bench, ann, '@Ann and @Bob').mentions).toEqual(['bob'])
    await bench.settle()
    expect(bench.notices.kept.map(({ to }) => to)).toEqual(['bob'])
  })

  it('[CHT-15] a notice that cannot be kept does not stop the line', async () => {
    const bench = chatBench()
    bench.enter('bob')
    bench.notices.notify = () => Promise.reject(new Error('full'))
    expect(say(bench, bench.enter('ann'), '@Bob').mentions).toEqual(['bob'])
    await bench.settle()
    expect(bench.failures).toEqual(['a notice was not kept'])
  })
})

describe('emotes and badges', () => {
  const known = new Map([
    ['wave', 'id-1'],
    ['Owl_2', 'id-2'],
  ])
  it('[CHT-16] emotes are those of the channel, by code', () => {
    expect(findEmotes('hi :wave: :nosuch: :Owl_2::wave:', known)).toEqual({
      wave: 'id-1',
      Owl_2: 'id-2',
    })
    expect(findEmotes('at 12:wave:', known)).toEqual({ wave: 'id-1' })
    expect(findEmotes(':a:wave:', known)).toEqual({ wave: 'id-1' })
    expect(findEmotes(':WAVE: wave', known)).toBeUndefined()
    expect(findEmotes(':x'.repeat(400), known)).toBeUndefined()
    expect(isEmotesOnly(':wave:🇳🇵 ❤️', known)).toBe(true)
    expect(isEmotesOnly(':wave: 1', known)).toBe(false)
    // What an emote parted does not come together as another.
    expect(isEmotesOnly(':wa:wave:ve: :wave:', known)).toBe(false)
    expect(isEmotesOnly('\u{1f1f3}:wave:\u{1f1f5}', known)).toBe(false)
  })

  it('[OG-08] [OG-05] a line carries its author’s tier until the moment it ends', () => {
    const bench = chatBench()
    const ann = bench.enter('ann')
    const { standings, world } = bench.scope
    const identity = standings.identityOf('ann')!
    const until = world.now() + 1_000
    const tier = { level: 2, until, privileges: ['coloured_name', 'long_message'] as const }
    standings.record(identity, { ...standings.of('ann'), tier })
    expect(say(bench, ann, 'hi').from).toMatchObject({ tier: 2, isColoured: true })
    expect(say(bench, ann, 'x'.repeat(900)).text).toHaveLength(900)
    standings.record(identity, { ...standings.of('ann'), tier: { ...tier, until: world.now() } })
    expect(say(bench, ann, 'ho').from).toEqual({ id: 'ann', name: 'Ann', role: 'viewer' })
    expect(() => say(bench, ann, 'x'.repeat(900))).toThrow(
      expect.objectContaining({ code: 'text_too_long' }),
    )
  })

  it('[CHT-17] badges come in their order, and an action says that it is one', () => {
    const bench = chatBench()
    const { standings } = bench.scope
    const mod = bench.enter('mod', 'moderator')
    const staff = { userId: 'mod', name: 'Mod', kind: 'account', platformRole: 'admin' } as const
    standings.record(staff, { ...standings.of('mod'), isVip: true })
    const line = say(bench, mod, 'waves', { isAction: true })
    expect(line).toMatchObject({ from: { badges: ['moderator', 'vip', 'staff'] }, isAction: true })
    expect(say(bench, bench.enter('host', 'host'), 'hi').from.badges).toEqual(['host'])
    expect(say(bench, bench.enter('ann'), 'hi').from).not.toHaveProperty('badges')
  })
})
