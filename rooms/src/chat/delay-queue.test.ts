// The moderation delay: who sees what when, and what a deletion meanwhile does.
import { describe, expect, it } from 'vitest'
import type { Member } from '../kit/member.ts'
import { type ChatBench, chatBench } from '../testing/chat-scope.ts'
import { deleteLine } from './delete-line.ts'
import { postDue } from './post-line.ts'
import type { ChatPosted } from './protocol.ts'
import { sendChat } from './send-chat.ts'

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

  it('[JRN-40] a room that another may have posts none of what waited; whoever has it does', async () => {
    const { bench, ann } = delayed()
    await say(bench, ann, 'one')
    bench.clock.now += 10_000
    postDue({ ...bench.scope, isCutOff: () => true })
    expect(posted(bench)).toEqual([])
    postDue(bench.scope)
    expect(posted(bench).map(({ text }) => text)).toEqual(['one'])
  })

  it('[CHT-28] in unique mode what waits unseen betrays itself to its author alone', async () => {
    const { bench, ann } = delayed()
    const bob = bench.enter('bob')
    bench.scope.chat.modes = { ...bench.scope.chat.modes, unique: true }
    await say(bench, ann, 'the same words')
    await expect(say(bench, ann, 'The same words!')).rejects.toMatchObject({ code: 'not_unique' })
    const second = await say(bench, bob, 'the same words')
    expect(second).toMatchObject({ waits: 'delayed' })
    bench.clock.now += 10_000
    postDue(bench.scope)
    expect(posted(bench).map(({ from }) => from.id)).toEqual(['ann'])
    expect(told(bench, 'chat.outcome')).toEqual([
      ['ann', expect.objectContaining({ outcome: 'posted' })],
      ['bob', { id: (second as { id: string }).id, outcome: 'repeated' }],
    ])
    await expect(say(bench, bob, 'the same words')).rejects.toMatchObject({ code: 'not_unique' })
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
