// What moderators and the house do about people and lines, in one room.
import { describe, expect, it } from 'vitest'
import type { ChatPosted } from '../chat/protocol.ts'
import { sendChat } from '../chat/send-chat.ts'
import type { Member } from '../kit/member.ts'
import { type ChatBench, chatBench } from '../testing/chat-scope.ts'
import { grantRole, revokeRole } from './change-role.ts'
import { untimeoutMember } from './lift-sanction.ts'
import { moderationLimits } from './protocol.ts'
import { readDesk } from './read-desk.ts'
import { timeoutMember } from './sanction-member.ts'
import { undoAction } from './undo-action.ts'
import { warnMember } from './warn-member.ts'

let ids = 0
const requestId = () => `request-${++ids}`
const say = (bench: ChatBench, member: Member, text: string) =>
  Promise.resolve().then(() => sendChat(bench.scope, member, { requestId: requestId(), text }))
const told = ({ said }: ChatBench, name: string) =>
  said.told.filter((one) => one.name === name).map(({ to, body }) => [to, body])
const posted = ({ said }: ChatBench) =>
  said.announced
    .filter(({ type }) => type === 'chat.posted')
    .map(({ entry }) => entry as unknown as ChatPosted)
const people = (bench: ChatBench) => ({
  ann: bench.enter('ann'),
  mod: bench.enter('mod', 'moderator'),
  mod2: bench.enter('mod2', 'moderator'),
  host: bench.enter('host', 'host'),
})

describe('the score of a text', () => {
  it('[MOD-01] from 0.9 on a line is refused, its sender muted, and it is posted in no case', async () => {
    const bench = chatBench()
    const { ann } = people(bench)
    const blocked = say(bench, ann, 'how vile')
    const next = say(bench, ann, 'and then')
    await expect(blocked).rejects.toMatchObject({ code: 'blocked_text' })
    await expect(next).rejects.toMatchObject({ code: 'timed_out', retryAfterMs: 600_000 })
    expect(told(bench, 'member.changed')).toEqual([
      ['ann', { role: 'viewer', standing: expect.objectContaining({ isVip: false }) }],
    ])
    expect(bench.scope.standings.of('ann').sanction).toMatchObject({ by: 'house' })
    bench.scope.standings.forget('ann')
    bench.moderation.punish = () => Promise.reject(new Error('no database'))
    await expect(say(bench, ann, 'vile')).rejects.toMatchObject({ code: 'blocked_text' })
    await bench.settle()
    expect(bench.failures).toEqual(['a blocked line was not punished'])
    expect(posted(bench)).toEqual([])
  })

  it('[MOD-01] hosts and moderators are refused it, too, and never muted by the house', async () => {
    const bench = chatBench()
    for (const member of [people(bench).host, people(bench).mod]) {
      await expect(say(bench, member, 'vile')).rejects.toMatchObject({ code: 'blocked_text' })
      expect(await say(bench, member, 'darn')).toMatchObject({ text: 'darn' })
    }
    expect(told(bench, 'moderation.warned')).toEqual([])
  })

  it('[MOD-02] between 0.6 and 0.9 a line is held, or posted, flagged and its sender warned', async () => {
    const bench = chatBench()
    const { ann } = people(bench)
    const held = await say(bench, ann, 'darn it')
    const until = bench.clock.now + moderationLimits.heldForMs
    expect(held).toEqual({ id: 'id-00000001', waits: 'held', until })
    expect(told(bench, 'chat.held')).toEqual([
      ['crew', expect.objectContaining({ text: 'darn it', score: 0.7, category: 'insult', until })],
    ])
    expect(posted(bench)).toEqual([])
    bench.scope.chat.holdSuspicious = false
    expect(await say(bench, ann, 'darn again')).toMatchObject({ text: 'darn again' })
    expect(told(bench, 'moderation.warned')).toEqual([['ann', { reason: null, by: 'house' }]])
    expect(bench.moderation.flagged).toEqual([{ lineId: posted(bench)[0]?.id, text: 'darn again' }])
  })
})

describe('people', () => {
  it('[MOD-06] nobody acts on themselves or on their own rank or above', async () => {
    const bench = chatBench()
    const { mod, mod2, host } = people(bench)
    const mute = (by: Member, userId: string) =>
      timeoutMember(bench.scope, by, { requestId: requestId(), userId })
    await expect(mute(mod, 'mod')).rejects.toMatchObject({ code: 'not_yourself' })
    await expect(mute(mod, mod2.id)).rejects.toMatchObject({ code: 'outranked' })
    await expect(mute(mod, host.id)).rejects.toMatchObject({ code: 'outranked' })
    expect(await mute(host, mod.id)).toMatchObject({ kind: 'timeout', target: { id: 'mod' } })
    const ask = { requestId: requestId(), userId: 'ann' }
    await expect(untimeoutMember(bench.scope, host, ask)).rejects.toMatchObject({
      code: 'not_sanctioned',
    })
  })

  it('[MOD-07] a grant and its end hold at once; guests get none', async () => {
    const bench = chatBench()
    const { ann, host } = people(bench)
    const ask = { requestId: requestId(), userId: 'ann', role: 'moderator' } as const
    await grantRole(bench.scope, host, ask)
    expect(ann.role).toBe('moderator')
    expect(bench.said.announced.at(-1)).toMatchObject({
      type: 'crew.changed',
      entry: { userId: 'ann', name: 'Ann', role: 'moderator', has: true },
    })
    await expect(grantRole(bench.scope, host, ask)).rejects.toMatchObject({ code: 'already_so' })
    await revokeRole(bench.scope, host, ask)
    expect(ann.role).toBe('viewer')
    await grantRole(bench.scope, host, { ...ask, role: 'vip' })
    expect(bench.scope.standings.of('ann').isVip).toBe(true)
    const guest = bench.enter('gus', 'viewer', { kind: 'guest' })
    await expect(grantRole(bench.scope, host, { ...ask, userId: guest.id })).rejects.toMatchObject({
      code: 'accounts_only',
    })
  })

  it('[MOD-13] a warning reaches the person with its reason and the role that gave it', async () => {
    const bench = chatBench()
    const { mod } = people(bench)
    await warnMember(bench.scope, mod, { requestId: requestId(), userId: 'ann', reason: 'caps' })
    expect(told(bench, 'moderation.warned')).toEqual([['ann', { reason: 'caps', by: 'moderator' }]])
  })

  it('[MOD-09] an undo takes back a mute and what it took out; once, and for five minutes', async () => {
    const bench = chatBench()
    const { ann, mod } = people(bench)
    await say(bench, ann, 'words')
    const mute = () => timeoutMember(bench.scope, mod, { requestId: requestId(), userId: 'ann' })
    const undo = (actionId: string) =>
      undoAction(bench.scope, mod, { requestId: requestId(), actionId })
    const { id } = await mute()
    expect(posted(bench)[0]?.text).toBe('')
    const [first, second] = await Promise.allSettled([undo(id), undo(id)])
    expect([first?.status, second?.status]).toEqual(['fulfilled', 'rejected'])
    expect(posted(bench)[0]?.text).toBe('words')
    expect(bench.scope.standings.of('ann').sanction).toBeNull()
    expect(await say(bench, ann, 'again')).toMatchObject({ text: 'again' })
    const late = await mute()
    bench.clock.now += moderationLimits.undoForMs
    await expect(undo(late.id)).rejects.toMatchObject({ code: 'no_such_action' })
  })

  it('[MOD-10] the desk shows what waits and the newest acts first; acts are told to the crew alone', async () => {
    const bench = chatBench()
    const { ann, mod } = people(bench)
    bench.scope.chat.modes = { ...bench.scope.chat.modes, delaySeconds: 5 }
    await say(bench, ann, 'hello')
    await say(bench, ann, 'darn')
    for (let n = 0; n < 60; n += 1) {
      await warnMember(bench.scope, mod, { requestId: requestId(), userId: `p${n}` })
    }
    const desk = readDesk(bench.scope)
    expect(desk.held.map(({ text }) => text)).toEqual(['darn'])
    expect(desk.delayed.map(({ line }) => line.text)).toEqual(['hello'])
    expect(desk.actions).toHaveLength(50)
    expect(desk.actions[0]?.target?.id).toBe('p59')
    expect(new Set(told(bench, 'crew.acted').map(([to]) => to))).toEqual(new Set(['crew']))
  })
})
