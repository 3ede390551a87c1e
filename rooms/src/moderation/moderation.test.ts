// What moderators and the house do about people and lines, in one room.
import { describe, expect, it } from 'vitest'
import { deleteLine } from '../chat/delete-line.ts'
import { postDue } from '../chat/post-line.ts'
import type { ChatPosted } from '../chat/protocol.ts'
import { sendChat } from '../chat/send-chat.ts'
import type { Member } from '../kit/member.ts'
import { type ChatBench, chatBench } from '../testing/chat-scope.ts'
import { grantRole, revokeRole } from './change-role.ts'
import { decideHeld } from './decide-held.ts'
import { expireHeld } from './hold-line.ts'
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
const decide = async ({ scope }: ChatBench, member: Member, id: string, allow: boolean) =>
  decideHeld(scope, member, { requestId: requestId(), id, allow })
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

describe('held lines', () => {
  it('[MOD-03] one is decided once, however many decide at a time; allowed, it keeps its place', async () => {
    const bench = chatBench()
    const { ann, mod, mod2 } = people(bench)
    await say(bench, mod, 'before')
    const held = (await say(bench, ann, 'darn')) as { id: string }
    await say(bench, mod, 'after')
    const [first, second] = await Promise.allSettled([
      decide(bench, mod, held.id, true),
      decide(bench, mod2, held.id, false),
    ])
    expect(first).toMatchObject({ status: 'fulfilled', value: { kind: 'hold_allow' } })
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'already_decided' } })
    expect(posted(bench).map(({ text, after }) => [text, after])).toEqual([
      ['before', undefined],
      ['after', undefined],
      ['darn', 1],
    ])
    expect(told(bench, 'chat.decided')).toEqual([
      [
        'crew',
        { id: held.id, outcome: 'allowed', by: { id: 'mod', name: 'Mod', role: 'moderator' } },
      ],
    ])
    expect(told(bench, 'chat.outcome')).toEqual([['ann', { id: held.id, outcome: 'posted' }]])
  })

  it('[MOD-03] when the first decision cannot be written, the second one counts', async () => {
    const bench = chatBench()
    const { ann, mod, mod2 } = people(bench)
    const { id } = (await say(bench, ann, 'darn')) as { id: string }
    bench.moderation.writing = Promise.reject(new Error('no database'))
    bench.moderation.writing.catch(() => undefined)
    const first = decide(bench, mod, id, true).catch((error: Error) => error.message)
    bench.moderation.writing = Promise.resolve()
    const second = await decide(bench, mod2, id, false)
    expect([await first, second.kind]).toEqual(['no database', 'hold_deny'])
    expect(told(bench, 'chat.outcome')).toEqual([['ann', { id, outcome: 'denied' }]])
    expect(posted(bench)).toEqual([])
  })

  it('[MOD-03] after five minutes one is given up, but not while somebody decides', async () => {
    const bench = chatBench()
    const { ann, mod } = people(bench)
    const { id } = (await say(bench, ann, 'darn')) as { id: string }
    bench.clock.now += moderationLimits.heldForMs
    const deciding = decide(bench, mod, id, true)
    expireHeld(bench.scope)
    await deciding
    expect(posted(bench)).toHaveLength(1)
    const late = (await say(bench, ann, 'darn')) as { id: string }
    bench.clock.now += moderationLimits.heldForMs
    expireHeld(bench.scope)
    expect(told(bench, 'chat.outcome').at(-1)).toEqual(['ann', { id: late.id, outcome: 'expired' }])
    await expect(decide(bench, mod, late.id, true)).rejects.toMatchObject({
      code: 'already_decided',
    })
  })

  it('[MOD-03] the queue is bounded, for one person and for all', async () => {
    const bench = chatBench()
    const { ann, mod } = people(bench)
    for (let n = 0; n < 3; n += 1) await say(bench, ann, `darn ${n}`)
    await expect(say(bench, ann, 'darn')).rejects.toMatchObject({ code: 'hold_full' })
    for (let n = 3; n < moderationLimits.heldMax; n += 1) {
      await say(bench, bench.enter(`p${n}`), 'darn')
    }
    await expect(say(bench, bench.enter('last'), 'darn')).rejects.toMatchObject({
      code: 'hold_full',
      retryAfterMs: 10_000,
    })
    expect(readDesk(bench.scope).held).toHaveLength(moderationLimits.heldMax)
    const { held } = readDesk(bench.scope)
    await timeoutMember(bench.scope, mod, { requestId: requestId(), userId: 'ann' })
    expect(readDesk(bench.scope).held).toEqual(held.slice(3))
  })
})

describe('the moderation delay', () => {
  const delayed = () => {
    const bench = chatBench()
    bench.scope.chat.modes = { ...bench.scope.chat.modes, delaySeconds: 10 }
    return { bench, ...people(bench) }
  }

  it('[CHT-19] the crew sees a line at once, everybody else when its time has come, in order', async () => {
    const { bench, ann, mod } = delayed()
    const { now } = bench.clock
    const one = await say(bench, ann, 'one')
    expect(one).toEqual({ id: 'id-00000001', waits: 'delayed', until: now + 10_000 })
    expect(told(bench, 'chat.delayed')).toEqual([
      [
        'crew',
        { line: expect.objectContaining({ seq: 0, at: now, text: 'one' }), until: now + 10_000 },
      ],
    ])
    bench.clock.now += 5_000
    await say(bench, bench.enter('bob'), 'two')
    await say(bench, mod, 'at once')
    bench.clock.now += 5_000
    postDue(bench.scope)
    expect(posted(bench).map(({ text }) => text)).toEqual(['at once', 'one'])
    // Without the delay nothing waits any longer, and nobody is overtaken.
    bench.scope.chat.modes = { ...bench.scope.chat.modes, delaySeconds: 0 }
    postDue(bench.scope)
    expect(posted(bench).map(({ text }) => text)).toEqual(['at once', 'one', 'two'])
  })

  it('[CHT-19] a line being deleted does not leave, however long that takes to write', async () => {
    const { bench, ann, mod } = delayed()
    const { id } = (await say(bench, ann, 'planted')) as { id: string }
    await say(bench, ann, 'behind it')
    let write: () => void = () => undefined
    bench.moderation.writing = new Promise<void>((resolve) => {
      write = resolve
    })
    const deleting = deleteLine(bench.scope, mod, { requestId: requestId(), id })
    bench.clock.now += 60_000
    postDue(bench.scope)
    expect(posted(bench)).toEqual([])
    write()
    await deleting
    postDue(bench.scope)
    expect(posted(bench).map(({ text }) => text)).toEqual(['behind it'])
    expect(told(bench, 'chat.undelayed')).toEqual([['crew', { id }]])
    expect(told(bench, 'chat.outcome')[0]).toEqual(['ann', { id, outcome: 'removed' }])
    expect(JSON.stringify(bench.said.announced)).not.toContain('planted')
  })

  it('[CHT-19] what answers a line that waits, waits with it, and says nothing of it when it goes', async () => {
    const { bench, ann, mod } = delayed()
    const { id } = (await say(bench, ann, 'planted')) as { id: string }
    const ask = { requestId: requestId(), text: 'careful', replyTo: id }
    expect(await sendChat(bench.scope, mod, ask)).toMatchObject({ waits: 'delayed' })
    const viewers = { ...ask, requestId: requestId() }
    const bob = bench.enter('bob')
    expect(() => sendChat(bench.scope, bob, viewers)).toThrow(
      expect.objectContaining({ code: 'no_such_line' }),
    )
    await deleteLine(bench.scope, mod, { requestId: requestId(), id })
    bench.clock.now += 10_000
    postDue(bench.scope)
    expect(posted(bench)).toMatchObject([{ text: 'careful', replyTo: { id, text: '' } }])
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
