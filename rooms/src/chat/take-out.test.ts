// Lines that are taken out: by their author, by moderators, one or all, and brought back.
import { describe, expect, it } from 'vitest'
import type { Member } from '../kit/member.ts'
import { undoAction } from '../moderation/undo-action.ts'
import { banMember } from '../moderation/sanction-member.ts'
import { type ChatBench, chatBench } from '../testing/chat-scope.ts'
import { clearChat } from './clear-chat.ts'
import { deleteLine } from './delete-line.ts'
import { expirePin, pinLine } from './pin-line.ts'
import { type ChatPosted, chatLimits } from './protocol.ts'
import { sendChat } from './send-chat.ts'

let ids = 0
const requestId = () => `request-${++ids}`
const say = (bench: ChatBench, member: Member, text: string, more: object = {}) =>
  sendChat(bench.scope, member, { requestId: requestId(), text, ...more }) as ChatPosted
const remove = async ({ scope }: ChatBench, member: Member, id: string) =>
  deleteLine(scope, member, { requestId: requestId(), id })
const undo = ({ scope }: ChatBench, member: Member, actionId = '') =>
  undoAction(scope, member, { requestId: requestId(), actionId })
const lines = ({ said }: ChatBench) =>
  said.announced
    .filter(({ type }) => type === 'chat.posted')
    .map(({ entry }) => entry as unknown as ChatPosted)
const words = (bench: ChatBench) => JSON.stringify(bench.said.announced)

const people = (bench: ChatBench) => ({
  ann: bench.enter('ann'),
  bob: bench.enter('bob'),
  mod: bench.enter('mod', 'moderator'),
  host: bench.enter('host', 'host'),
})

describe('taking out', () => {
  it('[CHT-20] a line goes from everything kept, quotes and pin included; undone, it is as it was', async () => {
    const bench = chatBench()
    const { ann, bob, mod } = people(bench)
    const line = say(bench, ann, 'a planted word for @Bob')
    const quote = say(bench, bob, 'what', { replyTo: line.id })
    await pinLine(bench.scope, mod, { requestId: requestId(), id: line.id })
    const before = words(bench)
    const action = await remove(bench, mod, line.id)
    expect(words(bench)).not.toContain('planted')
    expect(lines(bench)[0]).toEqual({
      seq: 1,
      at: bench.clock.now,
      id: line.id,
      from: line.from,
      text: '',
      removed: 'moderator',
    })
    expect(bench.scope.state.chat.pinned.id).toBe('')
    expect(bench.said.announced.at(-1)).toMatchObject({
      type: 'chat.removed',
      entry: { ids: [line.id], by: 'moderator' },
    })
    expect(bench.moderation.taken.at(-1)).toMatchObject({
      kind: 'delete',
      target: { id: 'ann', name: 'Ann' },
      lines: [{ id: line.id, userId: 'ann', text: 'a planted word for @Bob' }],
    })
    await undo(bench, mod, action?.id)
    expect(lines(bench)).toEqual([line, quote])
    expect(words(bench)).toContain(before.slice(1, -1).split(',{"type":"chat.posted"')[0])
    expect(bench.said.announced.at(-1)).toMatchObject({
      type: 'chat.restored',
      entry: { lines: [line] },
    })
    // Taken out once more, it is gone from the word of its return, too.
    await remove(bench, mod, line.id)
    expect(words(bench)).not.toContain('planted')
  })

  it('[CHT-20] authors take out their own, without an act of moderation; others may not', async () => {
    const bench = chatBench()
    const { ann, bob, mod, host } = people(bench)
    const own = say(bench, ann, 'my own')
    await expect(remove(bench, bob, own.id)).rejects.toMatchObject({ code: 'no_such_line' })
    expect(await remove(bench, ann, own.id)).toBeNull()
    expect(lines(bench)[0]).toMatchObject({ text: '', removed: 'author' })
    expect(bench.moderation.taken).toEqual([])
    await expect(remove(bench, mod, own.id)).rejects.toMatchObject({ code: 'no_such_line' })
    const hosts = say(bench, host, 'from the host')
    await expect(remove(bench, mod, hosts.id)).rejects.toMatchObject({ code: 'outranked' })
  })

  it('[CHT-21] clear takes out everything so far; what comes after stays', async () => {
    const bench = chatBench()
    const { ann, bob, mod } = people(bench)
    const [one, two] = [say(bench, ann, 'one'), say(bench, bob, 'two')]
    await remove(bench, ann, one.id)
    const action = await clearChat(bench.scope, mod)
    const after = say(bench, ann, 'three')
    expect(lines(bench).map(({ text, removed }) => [text, removed])).toEqual([
      ['', 'author'],
      ['', 'moderator'],
      ['three', undefined],
    ])
    expect(bench.said.announced.map(({ type }) => type)).toContain('chat.cleared')
    // What its author took out before stays out.
    await undo(bench, mod, action.id)
    expect(lines(bench).map(({ text }) => text)).toEqual(['', 'two', 'three'])
    expect(bench.said.announced.at(-1)?.entry).toMatchObject({ lines: [two] })
    expect(after.seq).toBeGreaterThan(two.seq)
  })

  it('[CHT-21] a purge takes out what one person said and leaves the others alone', async () => {
    const bench = chatBench()
    const { ann, bob, mod } = people(bench)
    say(bench, ann, 'bad')
    const fine = say(bench, bob, 'fine')
    say(bench, ann, 'worse', { replyTo: fine.id })
    const ban = await banMember(bench.scope, mod, { requestId: requestId(), userId: 'ann' })
    expect(lines(bench).map(({ text }) => text)).toEqual(['', 'fine', ''])
    expect(bench.said.announced.at(-1)).toMatchObject({
      type: 'chat.purged',
      entry: { userId: 'ann' },
    })
    // The line it answered goes meanwhile: brought back, it does not say its words.
    await remove(bench, mod, fine.id)
    await undo(bench, mod, ban.id)
    expect(lines(bench).map(({ text }) => text)).toEqual(['bad', '', 'worse'])
    expect(lines(bench)[2]?.replyTo).toEqual({
      id: fine.id,
      from: { id: 'bob', name: 'Bob' },
      text: '',
    })
    expect(words(bench)).not.toContain('fine')
  })

  it('[CHT-29] an undo brings back only what nothing else that stands takes out', async () => {
    const bench = chatBench()
    const { ann, bob, mod } = people(bench)
    const first = say(bench, ann, 'first')
    say(bench, bob, 'other')
    const one = await remove(bench, mod, first.id)
    const ban = await banMember(bench.scope, mod, { requestId: requestId(), userId: 'ann' })
    const cleared = await clearChat(bench.scope, mod)
    const texts = () => lines(bench).map(({ text }) => text)
    await undo(bench, mod, one?.id)
    expect(texts()).toEqual(['', ''])
    await undo(bench, mod, cleared.id)
    expect(texts()).toEqual(['', 'other'])
    // What the others left to it comes back with the last of them.
    await undo(bench, mod, ban.id)
    expect(texts()).toEqual(['first', 'other'])
  })

  it('[CHT-24] an undo of much tells the newest, in portions', async () => {
    const bench = chatBench()
    const { ann, mod } = people(bench)
    for (let n = 0; n < chatLimits.restoredMax + 30; n += 1) say(bench, ann, `line ${n}`)
    const { id } = await clearChat(bench.scope, mod)
    await undo(bench, mod, id)
    const restored = bench.said.announced.filter(({ type }) => type === 'chat.restored')
    const portions = restored.map(({ entry }) => (entry['lines'] as ChatPosted[]).length)
    expect(Math.max(...portions)).toBe(chatLimits.restoredAtOnce)
    expect(portions.reduce((sum, count) => sum + count, 0)).toBe(chatLimits.restoredMax)
    expect(lines(bench).every(({ text }) => text !== '')).toBe(true)
  })

  it('[MOD-08] what cannot be written does not happen', async () => {
    const bench = chatBench()
    const { ann, mod } = people(bench)
    const line = say(bench, ann, 'still here')
    bench.moderation.writing = Promise.reject(new Error('no database'))
    bench.moderation.writing.catch(() => undefined)
    await expect(remove(bench, mod, line.id)).rejects.toThrow('no database')
    await expect(clearChat(bench.scope, mod)).rejects.toThrow('no database')
    const ban = { requestId: requestId(), userId: 'ann' }
    await expect(banMember(bench.scope, mod, ban)).rejects.toThrow('no database')
    expect(lines(bench)).toEqual([line])
    expect(bench.scope.standings.of('ann').sanction).toBeNull()
    expect(bench.said.told).toEqual([])
  })
})

describe('a pin', () => {
  it('[CHT-22] keeps a line in view for an hour unless told, then comes off by itself', async () => {
    const bench = chatBench()
    const { ann, mod } = people(bench)
    const { scope, clock } = bench
    const { id } = say(bench, ann, 'read me')
    await pinLine(scope, mod, { requestId: requestId(), id })
    const until = clock.now + 3_600_000
    expect(scope.state.chat.pinned.toJSON()).toEqual({
      id,
      name: 'Ann',
      text: 'read me',
      by: 'Mod',
      until,
    })
    clock.now = until - 1
    expirePin(scope)
    expect(scope.state.chat.pinned.id).toBe(id)
    clock.now = until
    expirePin(scope)
    expect(scope.state.chat.pinned.id).toBe('')
    await pinLine(scope, mod, { requestId: requestId(), id, forMs: 60_000 })
    expect(scope.state.chat.pinned.until).toBe(clock.now + 60_000)
    await pinLine(scope, mod, { requestId: requestId(), id: null })
    expect(scope.state.chat.pinned.id).toBe('')
  })

  it('[CHT-22] comes off with what is cleared or purged, also when its line is older than the log', async () => {
    for (const takeOut of [
      (bench: ChatBench, mod: Member) => clearChat(bench.scope, mod),
      (bench: ChatBench, mod: Member) =>
        banMember(bench.scope, mod, { requestId: requestId(), userId: 'ann' }),
    ]) {
      const bench = chatBench()
      const { ann, mod } = people(bench)
      const { id } = say(bench, ann, 'pinned for long')
      await pinLine(bench.scope, mod, { requestId: requestId(), id })
      bench.said.announced.length = 0
      await takeOut(bench, mod)
      expect(bench.scope.state.chat.pinned.toJSON()).toMatchObject({ id: '', text: '' })
    }
  })

  it('[CHT-22] a line that is gone is not pinned, also when it went while that was written', async () => {
    const bench = chatBench()
    const { ann, mod } = people(bench)
    const { id } = say(bench, ann, 'read me')
    const pinning = pinLine(bench.scope, mod, { requestId: requestId(), id })
    await remove(bench, ann, id)
    await expect(pinning).rejects.toMatchObject({ code: 'no_such_line' })
    expect(bench.scope.state.chat.pinned.id).toBe('')
  })
})
