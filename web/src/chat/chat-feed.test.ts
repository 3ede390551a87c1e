import { type ChatPosted, type LiveConnection, Refusal, Unavailable } from '@odeon/sdk'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ChatFeed } from './chat-feed.ts'

type Listener = (payload: unknown, about: { replayed: boolean }) => void

/** A room that does what the test says: the few parts of it that a feed touches. */
function fakeRoom() {
  const listeners: [event: string, listener: Listener][] = []
  const sending: { text: string; land: (entry: ChatPosted) => void; fail: (why: Error) => void }[] =
    []
  const room = {
    streamId: 'stream',
    connection: 'live',
    you: { id: 'me', name: 'Mira', role: 'viewer' },
    crew: { read: () => Promise.reject(new Error('no crew')) },
    on: (event: string, listener: Listener) => {
      listeners.push([event, listener])
      return () => undefined
    },
    onYou: () => () => undefined,
    chat: {
      send: (text: string) =>
        new Promise((land, fail) => {
          sending.push({ text, land, fail })
        }),
    },
  }
  const tell = (event: string, payload: unknown, replayed = false) => {
    for (const [name, listener] of listeners) if (name === event) listener(payload, { replayed })
  }
  return { room: room as unknown as LiveConnection, tell, sending }
}

function posted(seq: number, id: string, text: string): ChatPosted {
  return { seq, at: seq, id: `e${seq}`, from: { id, name: id, role: 'viewer' }, text }
}
const shown = (feed: ChatFeed) =>
  feed.log.lines.map((line) => (line.kind === 'said' ? line.text : line.kind))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('what the chat shows', () => {
  test('[WEB-12] a gap that could not be recovered is a divider where it lies', () => {
    const { room, tell } = fakeRoom()
    const feed = new ChatFeed(room)
    tell('chat.posted', posted(1, 'ann', 'before'))
    tell('discontinuity', { missedFrom: 2, missedTo: 9 })
    tell('chat.posted', posted(10, 'ann', 'after'))
    vi.advanceTimersByTime(200)
    expect(shown(feed)).toEqual(['before', 'gap', 'after'])
    expect(feed.log.lines[1]).toMatchObject({ kind: 'gap', count: 8 })
  })

  test('[WEB-09] a flood is handed over in few batches', () => {
    const { room, tell } = fakeRoom()
    const feed = new ChatFeed(room)
    const draw = vi.fn()
    feed.subscribe(draw)
    for (let seq = 1; seq <= 100; seq++) {
      tell('chat.posted', posted(seq, 'ann', `line ${seq}`))
      vi.advanceTimersByTime(10)
    }
    expect(feed.log.lines.length).toBeGreaterThan(85)
    // The first ones come singly: nobody knows yet that it is a flood.
    expect(draw.mock.calls.length).toBeLessThan(25)
  })

  test('[WEB-09] lines of others leave alone what only the reader concerns', () => {
    const { room, tell } = fakeRoom()
    const feed = new ChatFeed(room)
    const before = [feed.version(), feed.ownVersion()]
    tell('chat.posted', posted(1, 'ann', 'hi'))
    vi.advanceTimersByTime(200)
    expect([feed.version() > (before[0] ?? 0), feed.ownVersion()]).toEqual([true, before[1]])
    // Written in another window: slow mode counts from here all the same.
    tell('chat.posted', posted(2, 'me', 'hello'))
    expect(feed.ownVersion()).toBeGreaterThan(before[1] ?? 0)
  })

  test('[WEB-13] an own line is seen once, whether its event or its reply comes first', async () => {
    const { room, tell, sending } = fakeRoom()
    const feed = new ChatFeed(room)
    const sent = feed.own.send({ text: 'hello  there' })
    expect(feed.own.lines).toMatchObject([{ text: 'hello  there', state: 'sending' }])
    tell('chat.posted', posted(1, 'me', 'hello there'))
    expect(feed.own.lines).toEqual([])
    expect(shown(feed)).toEqual(['hello there'])
    sending[0]?.land(posted(1, 'me', 'hello there'))
    expect(await sent).toBeNull()
    expect(shown(feed)).toEqual(['hello there'])
  })

  test('[WEB-22] a refused text comes back, one that got no answer stays and may go again', async () => {
    const { room, sending } = fakeRoom()
    const feed = new ChatFeed(room)
    const refused = feed.own.send({ text: 'too fast' })
    const code = 'rate_limited'
    sending[0]?.fail(new Refusal({ code, message: 'Too fast.', retryAfterMs: 400 }))
    expect(await refused).toMatchObject({ text: 'too fast', code, retryAtMs: Date.now() + 400 })
    expect(feed.own.lines).toEqual([])
    const lost = feed.own.send({ text: 'no answer' })
    sending[1]?.fail(new Unavailable('deadline'))
    expect(await lost).toBeNull()
    expect(feed.own.lines).toMatchObject([{ text: 'no answer', state: 'failed' }])
    const [line] = feed.own.lines
    if (line) feed.own.sendAgain(line)
    expect(feed.own.lines).toMatchObject([{ text: 'no answer', state: 'sending' }])
    expect(sending.map(({ text }) => text)).toEqual(['too fast', 'no answer', 'no answer'])
  })

  test('[WEB-08] mentions ring for what is said now, not for history', () => {
    const { room, tell } = fakeRoom()
    const feed = new ChatFeed(room)
    tell('chat.posted', posted(1, 'ann', 'hi @mira'), true)
    expect(feed.mention).toBeNull()
    tell('chat.posted', posted(2, 'ann', 'hi again @mira'))
    expect(feed.mention?.text).toBe('hi again @mira')
  })

  test('[WEB-101] what is taken out is gone from lines, quotes, readings and answers', () => {
    const { room, tell } = fakeRoom()
    const feed = new ChatFeed(room)
    const quote = { id: 'e1', from: { id: 'ann', name: 'ann' }, text: 'secret' }
    tell('chat.posted', posted(1, 'ann', 'secret @mira'))
    tell('chat.posted', { ...posted(2, 'bea', 'what'), replyTo: quote })
    feed.reply(quote)
    tell('chat.removed', { seq: 3, at: 3, ids: ['e1'], by: 'moderator' })
    expect(JSON.stringify(feed.log.lines)).not.toContain('secret')
    expect(feed.mention).toBeNull()
    expect(feed.replyingTo).toBeNull()
    tell('chat.restored', { seq: 4, at: 4, lines: [posted(1, 'ann', 'secret @mira')] })
    expect(shown(feed)).toEqual(['secret @mira', 'what'])
    tell('chat.purged', { seq: 5, at: 5, userId: 'bea' })
    expect(feed.log.find('e2')).toMatchObject({ text: '', removed: 'moderator' })
    const by = { id: 'mod', name: 'Mod', role: 'moderator' }
    tell('chat.cleared', { seq: 6, at: 6, by })
    vi.advanceTimersByTime(200)
    expect(shown(feed)).toEqual(['cleared'])
  })

  test('[WEB-102] the crew sees a delayed line at once, and once', () => {
    const { room, tell } = fakeRoom()
    const feed = new ChatFeed(room)
    tell('chat.posted', posted(1, 'ann', 'now'))
    tell('chat.delayed', { line: { ...posted(0, 'bea', 'later'), id: 'e2' }, until: 5_000 })
    vi.advanceTimersByTime(200)
    expect(feed.log.find('e2')?.delayedUntil).toBe(5_000)
    tell('chat.posted', posted(2, 'bea', 'later'))
    tell('chat.undelayed', { id: 'e2' })
    vi.advanceTimersByTime(200)
    expect(shown(feed)).toEqual(['now', 'later'])
    expect(feed.log.find('e2')?.delayedUntil).toBeUndefined()
  })

  test('[WEB-103] a line that waits in the room says so until its outcome is known', async () => {
    const { room, tell, sending } = fakeRoom()
    const feed = new ChatFeed(room)
    const sent = feed.own.send({ text: 'hm' })
    sending[0]?.land({ id: 'w1', waits: 'held', until: 9 } as never)
    expect(await sent).toBeNull()
    expect(feed.own.lines).toMatchObject([{ text: 'hm', state: 'held' }])
    tell('chat.outcome', { id: 'w1', outcome: 'denied' })
    expect(feed.own.lines).toMatchObject([{ state: 'denied' }])
    void feed.own.send({ text: 'ok then' })
    sending[1]?.land({ id: 'w2', waits: 'delayed', until: 9 } as never)
    await vi.advanceTimersByTimeAsync(0)
    tell('chat.posted', { ...posted(3, 'me', 'ok then'), id: 'w2' })
    expect(feed.own.lines.map(({ state }) => state)).toEqual(['denied'])
  })

  test('[WEB-104] slow mode keeps one line for its time; a second one comes back', async () => {
    const { room, sending } = fakeRoom()
    const feed = new ChatFeed(room)
    const slow = () => new Refusal({ code: 'slow_mode', message: 'Wait.', retryAfterMs: 1_000 })
    const first = feed.own.send({ text: 'first' })
    sending[0]?.fail(slow())
    expect(await first).toBeNull()
    expect(feed.own.lines).toMatchObject([{ text: 'first', state: 'queued' }])
    const second = feed.own.send({ text: 'second' })
    sending[1]?.fail(slow())
    expect(await second).toMatchObject({ text: 'second', code: 'slow_mode' })
    await vi.advanceTimersByTimeAsync(1_100)
    expect(sending.map(({ text }) => text)).toEqual(['first', 'second', 'first'])
    expect(feed.own.lines).toMatchObject([{ text: 'first', state: 'sending' }])
  })
})
