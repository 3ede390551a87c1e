// The modes of chat, each alone and composed, as a member meets them.
import { describe, expect, it } from 'vitest'
import type { Member } from '../kit/member.ts'
import { type ChatBench, chatBench } from '../testing/chat-scope.ts'
import { changeModes } from './change-modes.ts'
import type { ChatModes } from './protocol.ts'
import { sendChat } from './send-chat.ts'

const minute = 60_000
let ids = 0
const say = async (bench: ChatBench, member: Member, text: string): Promise<unknown> => {
  const message = { requestId: `request-${++ids}`, text }
  try {
    const reply = await sendChat(bench.scope, member, message)
    return 'waits' in reply ? reply.waits : 'posted'
  } catch (error) {
    const { code, retryAfterMs } = error as { code: string; retryAfterMs?: number }
    return retryAfterMs === undefined ? code : [code, retryAfterMs]
  }
}
const set = (bench: ChatBench, modes: Partial<ChatModes>) =>
  Promise.resolve(
    changeModes(bench.scope, bench.enter('host', 'host'), { requestId: `request-${++ids}`, modes }),
  )

describe('modes', () => {
  it('[CHT-07] slow mode: one line in so many seconds, with the time to wait; each for oneself', async () => {
    const bench = chatBench()
    const [ann, bob] = [bench.enter('ann'), bench.enter('bob')]
    await set(bench, { slowSeconds: 30 })
    expect(await say(bench, ann, 'one')).toBe('posted')
    bench.clock.now += 10_000
    expect(await say(bench, ann, 'two')).toEqual(['slow_mode', 20_000])
    expect(await say(bench, bob, 'me too')).toBe('posted')
    // A refused line does not begin the time anew.
    bench.clock.now += 20_000
    expect(await say(bench, ann, 'three')).toBe('posted')
  })

  it('[CHT-07] hosts, moderators, VIPs and those with the privilege are not slowed', async () => {
    const bench = chatBench()
    await set(bench, { slowSeconds: 120 })
    const vip = bench.enter('vip')
    bench.scope.standings.vip('vip', true)
    const tier = bench.enter('tier')
    const identity = bench.scope.standings.identityOf('tier')!
    const privileges = ['slow_mode_exempt'] as const
    const held = { level: 3, until: Number.POSITIVE_INFINITY, privileges }
    bench.scope.standings.record(identity, { ...bench.scope.standings.of('x'), tier: held })
    for (const one of [bench.enter('h', 'host'), bench.enter('m', 'moderator'), vip, tier]) {
      expect([await say(bench, one, 'one'), await say(bench, one, 'two')]).toEqual([
        'posted',
        'posted',
      ])
    }
  })

  it('[CHT-27] a VIP may write long and unhurried, with a badge, until it is taken back', async () => {
    const bench = chatBench()
    const ann = bench.enter('ann')
    await set(bench, { slowSeconds: 120 })
    const { standings } = bench.scope
    const long = 'x'.repeat(1_000)
    standings.vip('ann', true)
    expect([await say(bench, ann, long), await say(bench, ann, long)]).toEqual(['posted', 'posted'])
    expect(await say(bench, ann, `${long}x`)).toBe('text_too_long')
    const { entry } = bench.said.announced.find(({ type }) => type === 'chat.posted') ?? {}
    expect(entry).toMatchObject({ text: long, from: { badges: ['vip'] } })
    standings.vip('ann', false)
    expect(await say(bench, ann, long)).toBe('text_too_long')
    expect(await say(bench, ann, 'short')).toEqual(['slow_mode', 120_000])
  })

  it('[CHT-08] followers mode asks at each line, and following anew begins the time anew', async () => {
    const bench = chatBench()
    const ann = bench.enter('ann')
    await set(bench, { followersMinutes: 10 })
    expect(await say(bench, ann, 'hi')).toBe('followers_only')
    bench.channels.followers.set('ann', bench.clock.now - 4 * minute)
    expect(await say(bench, ann, 'hi')).toEqual(['followed_too_short', 6 * minute])
    bench.channels.followers.set('ann', bench.clock.now - 10 * minute)
    expect(await say(bench, ann, 'hi')).toBe('posted')
    bench.channels.followers.delete('ann')
    bench.channels.followers.set('ann', bench.clock.now)
    expect(await say(bench, ann, 'hi')).toEqual(['followed_too_short', 10 * minute])
    await set(bench, { followersMinutes: 0 })
    expect(await say(bench, ann, 'hi')).toBe('posted')
    expect(await say(bench, bench.enter('bob'), 'hi')).toBe('followers_only')
    expect(await say(bench, bench.enter('mod', 'moderator'), 'hi')).toBe('posted')
  })

  it('[CHT-09] subscribers and emotes only; modes compose, the first that says no is heard', async () => {
    const bench = chatBench()
    const ann = bench.enter('ann')
    bench.scope.chat.emotes = new Map([['wave', 'id-wave']])
    await set(bench, { emoteOnly: true })
    expect(await say(bench, ann, 'hello')).toBe('emote_only')
    expect(await say(bench, ann, ':wave: 👋🏽 👩‍👩‍👧 :wave:')).toBe('posted')
    expect(await say(bench, ann, ':nosuch:')).toBe('emote_only')
    await set(bench, { subscribersOnly: true, followersMinutes: 0, slowSeconds: 5 })
    expect(await say(bench, ann, 'hello')).toEqual(['slow_mode', 5_000])
    bench.clock.now += 5_000
    expect(await say(bench, ann, 'hello')).toBe('followers_only')
    bench.channels.followers.set('ann', 0)
    expect(await say(bench, ann, 'hello')).toBe('subscribers_only')
    bench.scope.standings.vip('ann', true)
    expect(await say(bench, ann, 'hello')).toBe('emote_only')
    expect(await say(bench, bench.enter('h', 'host'), 'hello')).toBe('posted')
  })

  it('[CHT-10] unique: what somebody said in the last minute, whatever its case and signs', async () => {
    const bench = chatBench()
    const [ann, bob] = [bench.enter('ann'), bench.enter('bob')]
    await set(bench, { unique: true })
    expect(await say(bench, ann, 'Good night!')).toBe('posted')
    bench.clock.now += 1_000
    expect(await say(bench, bob, 'good  NIGHT')).toEqual(['not_unique', 59_000])
    for (const unseen of ['\ufe0e', '\ufe0f', '\u180b', '\u200d']) {
      expect(await say(bench, bob, `good${unseen} night`)).toEqual(['not_unique', 59_000])
    }
    expect(await say(bench, bob, '!!!')).toBe('posted')
    expect(await say(bench, ann, '???')).toBe('posted')
    expect(await say(bench, bench.enter('m', 'moderator'), 'good night')).toBe('posted')
    bench.clock.now += 61_000
    expect(await say(bench, bob, 'good night')).toBe('posted')
  })

  it('[CHT-11] a mode holds only once its frame has left; undone, only what it changed goes back', async () => {
    const bench = chatBench()
    const frames: (() => void)[] = []
    const scope = { ...bench.scope, afterFrame: (work: () => void) => void frames.push(work) }
    const host = bench.enter('host', 'host')
    const ann = bench.enter('ann')
    const ask = { requestId: 'request-1', modes: { emoteOnly: true } }
    expect(await changeModes(scope, host, ask)).toMatchObject({ emoteOnly: true, unique: false })
    expect(scope.state.chat.emoteOnly).toBe(true)
    expect(bench.said.announced.at(-1)).toMatchObject({ type: 'chat.moded' })
    expect(await say(bench, ann, 'not seen yet')).toBe('posted')
    for (const frame of frames.splice(0)) frame()
    expect(await say(bench, ann, 'seen')).toBe('emote_only')
    await bench.settle()
    expect(bench.channels.saved).toEqual([expect.objectContaining({ emoteOnly: true })])
    expect(bench.moderation.taken[0]).toMatchObject({
      kind: 'modes',
      details: { before: { emoteOnly: false }, after: { emoteOnly: true } },
    })
    // The same again is no act.
    await changeModes(scope, host, ask)
    expect(bench.moderation.taken).toHaveLength(1)
  })

  it('[CHT-11] changes of several moderators follow one another and none is lost', async () => {
    const bench = chatBench()
    const all = await Promise.all([set(bench, { slowSeconds: 5 }), set(bench, { unique: true })])
    expect(all[1]).toMatchObject({ slowSeconds: 5, unique: true })
    await bench.settle()
    expect(bench.channels.modes).toMatchObject({ slowSeconds: 5, unique: true })
    expect(bench.scope.chat.modesUnsaved).toBe(0)
  })
})
