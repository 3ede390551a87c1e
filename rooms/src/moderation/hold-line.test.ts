// Lines of people on a shared list wait for a moderator, whatever they say.
import { expect, it } from 'vitest'
import { sendChat } from '../chat/send-chat.ts'
import { chatBench } from '../testing/chat-scope.ts'

it('[LST-05] what somebody marked says is held, also where nothing else is; crew is spared', async () => {
  const bench = chatBench()
  const [ann, mod] = [bench.enter('ann'), bench.enter('mod', 'moderator')]
  bench.scope.chat.holdSuspicious = false
  for (const { id } of [ann, mod]) {
    const identity = { userId: id, name: id, kind: 'account', platformRole: 'user' } as const
    bench.scope.standings.record(identity, undefined, true)
  }
  const say = (member: typeof ann) =>
    Promise.resolve(
      sendChat(bench.scope, member, { requestId: `request-${member.id}`, text: 'hi' }),
    )
  expect(await say(ann)).toMatchObject({ waits: 'held' })
  expect(await say(mod)).toMatchObject({ text: 'hi', seq: 1 })
  expect(bench.scope.held.lines).toMatchObject([{ text: 'hi', category: 'shared_list' }])
  expect(JSON.stringify(bench.said.told.filter(({ to }) => to === 'ann'))).not.toContain('list')
})
