// Lines that wait for a moderator: one decision each, their place, their end, their bound.
import { describe, expect, it } from 'vitest'
import type { ChatPosted } from '../chat/protocol.ts'
import { sendChat } from '../chat/send-chat.ts'
import type { Member } from '../kit/member.ts'
import { type ChatBench, chatBench } from '../testing/chat-scope.ts'
import { decideHeld } from './decide-held.ts'
import { expireHeld } from './hold-line.ts'
import { moderationLimits } from './protocol.ts'
import { readDesk } from './read-desk.ts'
import { timeoutMember } from './sanction-member.ts'

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
