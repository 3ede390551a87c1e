// The way of a line: order of its steps, order of lines, what a reviewer may do.
import { describe, expect, it } from 'vitest'
import type { Member } from '../kit/member.ts'
import type { ReviewVerdict } from '../ports.ts'
import { type ChatBench, chatBench } from '../testing/chat-scope.ts'
import { type ChatPosted, chatRefusals } from './protocol.ts'
import { sendChat } from './send-chat.ts'

let ids = 0
const ask = (text: string, more: object = {}) => ({
  requestId: `request-${++ids}`,
  text,
  ...more,
})
const say = (bench: ChatBench, member: Member, text: string, more?: object) =>
  Promise.resolve().then(() => sendChat(bench.scope, member, ask(text, more)))
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'ok',
    (error: { code?: string }) => error.code,
  )
const texts = ({ said }: ChatBench) =>
  said.announced.flatMap(({ type, entry }) => (type === 'chat.posted' ? [entry['text']] : []))

describe('the way of a line', () => {
  it('[CHT-05] the first step that says no is heard, in the fixed order', async () => {
    const bench = chatBench()
    const { scope, moderation, channels } = bench
    const ann = bench.enter('ann')
    await say(bench, ann, 'first')
    scope.chat.modes = {
      slowSeconds: 10,
      followersMinutes: 0,
      subscribersOnly: true,
      emoteOnly: true,
      unique: true,
      delaySeconds: 0,
    }
    scope.chat.hasReviewer = true
    moderation.reviewer = async () => ({ decision: 'deny' })
    const bad = `vile ${'x'.repeat(600)}`
    scope.state.phase = 'ended'
    scope.standings.sanction('ann', moderation.sanction('ann', muted(bench)))
    const heard: (string | undefined)[] = []
    const next = async (mend: () => void, text = bad, more = { replyTo: 'gone' }) => {
      heard.push(await codeOf(say(bench, ann, text, more)))
      mend()
    }
    await next(() => (scope.state.phase = 'live'))
    await next(() => scope.standings.lift('ann'))
    await next(() => undefined)
    await next(() => undefined, 'vile')
    const none = {} as { replyTo: string }
    await next(() => (bench.clock.now += 10_000), 'vile', none)
    await next(() => channels.followers.set('ann', 0), 'vile', none)
    await next(() => scope.standings.vip('ann', true), 'vile', none)
    await next(() => (scope.chat.modes = { ...scope.chat.modes, emoteOnly: false }), 'vile', none)
    await next(() => undefined, 'first', none)
    await next(() => scope.standings.forget('ann'), 'vile', none)
    scope.chat.modes = { ...scope.chat.modes, subscribersOnly: false }
    await next(() => undefined, 'fine', none)
    expect(heard).toEqual([
      'chat_closed',
      'timed_out',
      'text_too_long',
      'no_such_line',
      'slow_mode',
      'followers_only',
      'subscribers_only',
      'emote_only',
      'not_unique',
      'blocked_text',
      'reviewer_denied',
    ])
    for (const code of heard) expect(Object.keys(chatRefusals)).toContain(code)
  })

  it('[CHT-13] with nothing to ask outside, a line is posted in the very turn in which it came', () => {
    const bench = chatBench()
    const reply = sendChat(bench.scope, bench.enter('ann'), ask('at once'))
    expect(reply).not.toBeInstanceOf(Promise)
    expect(texts(bench)).toEqual(['at once'])
    expect(bench.scope.chat.turns.size).toBe(0)
  })

  it('[CHT-12] lines of one member keep their order, however long one of them waits', async () => {
    const bench = chatBench()
    const [ann, bob] = [bench.enter('ann'), bench.enter('bob')]
    const reviews: ((verdict: ReviewVerdict) => void)[] = []
    bench.scope.chat.hasReviewer = true
    bench.moderation.reviewer = () => new Promise((resolve) => void reviews.push(resolve))
    const slow = say(bench, ann, 'slow')
    await Promise.resolve()
    bench.scope.chat.hasReviewer = false
    const fast = say(bench, ann, 'fast')
    await say(bench, bob, 'of somebody else')
    expect(texts(bench)).toEqual(['of somebody else'])
    reviews[0]?.({ decision: 'allow' })
    await Promise.all([slow, fast])
    expect(texts(bench)).toEqual(['of somebody else', 'slow', 'fast'])
    expect(bench.scope.chat.turns.size).toBe(0)
  })

  it('[CHT-12] a line that fails lets the next one pass', async () => {
    const bench = chatBench()
    const ann = bench.enter('ann')
    bench.scope.chat.hasReviewer = true
    bench.moderation.reviewer = () => Promise.reject(new Error('broken'))
    const failing = codeOf(say(bench, ann, 'one'))
    await Promise.resolve()
    bench.scope.chat.hasReviewer = false
    const next = say(bench, ann, 'two')
    await Promise.all([failing, next])
    expect(texts(bench)).toEqual(['two'])
  })

  it('[CHT-05] what changed while a step waited is looked at again', async () => {
    const bench = chatBench()
    const [ann, bob] = [bench.enter('ann'), bench.enter('bob')]
    const reviews: (() => void)[] = []
    bench.scope.chat.hasReviewer = true
    bench.moderation.reviewer = () =>
      new Promise((resolve) => void reviews.push(() => resolve({ decision: 'allow' })))
    const release = () => {
      for (const review of reviews.splice(0)) review()
    }
    const muting = codeOf(say(bench, ann, 'one'))
    await Promise.resolve()
    bench.scope.standings.sanction('ann', bench.moderation.sanction('ann', muted(bench)))
    release()
    expect(await muting).toBe('timed_out')
    const ending = codeOf(say(bench, bob, 'two'))
    await Promise.resolve()
    bench.scope.state.phase = 'ended'
    release()
    expect(await ending).toBe('chat_closed')
    bench.scope.state.phase = 'live'
    bench.scope.chat.modes = { ...bench.scope.chat.modes, unique: true }
    const both = ['bob', 'cat'].map((who) => codeOf(say(bench, bench.enter(who), 'same')))
    await Promise.resolve()
    release()
    expect(await Promise.all(both)).toEqual(['ok', 'not_unique'])
  })

  it('[CHT-25] a reviewer lets through, refuses, gives other words, or is away', async () => {
    const bench = chatBench()
    const ann = bench.enter('ann')
    bench.scope.chat.hasReviewer = true
    const with_ = (verdict: ReviewVerdict | null, who = ann) => {
      bench.moderation.reviewer = async () => verdict
      return say(bench, who, 'words')
    }
    expect(await with_(null)).toMatchObject({ text: 'words' })
    expect(await codeOf(with_({ decision: 'deny' }))).toBe('reviewer_denied')
    const rewritten = await with_({ decision: 'rewrite', text: ' kinder\nwords ' })
    expect(rewritten).toMatchObject({ text: 'kinder words', isRewritten: true })
    // Nobody is made to say nothing, too much, or what they might not say themselves.
    for (const text of ['', 'x'.repeat(1_001), 'vile']) {
      expect(await codeOf(with_({ decision: 'rewrite', text }))).toBe('reviewer_denied')
    }
    expect(await with_({ decision: 'away', letsThrough: true })).toMatchObject({ text: 'words' })
    await expect(with_({ decision: 'away', letsThrough: false })).rejects.toMatchObject({
      code: 'reviewer_away',
      retryAfterMs: 3_000,
    })
    const mod = bench.enter('mod', 'moderator')
    expect(await with_({ decision: 'deny' }, mod)).toMatchObject({ text: 'words' })
  })

  it('[CHT-18] the privilege of long messages allows 1,000 characters', async () => {
    const bench = chatBench()
    const ann = bench.enter('ann')
    const long = 'x'.repeat(501)
    expect(await codeOf(say(bench, ann, long))).toBe('text_too_long')
    const { standings } = bench.scope
    const privileges = ['long_message'] as const
    standings.record(standings.identityOf('ann')!, {
      ...standings.of('ann'),
      tier: { level: 2, until: Number.POSITIVE_INFINITY, privileges },
    })
    expect(((await say(bench, ann, long)) as ChatPosted).text).toBe(long)
  })
})

const muted = ({ clock }: ChatBench) => {
  return {
    kind: 'timeout',
    until: clock.now + 60_000,
    reason: null,
    by: 'host',
    scope: 'channel',
  } as const
}
