import { type ChatPosted, type LiveConnection, Refusal, Unavailable } from '@odeon/sdk'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ChatFeed } from './chat-feed.ts'

type Listener = (payload: unknown, about: { replayed: boolean }) => void

/** A room that does what the test says: the few parts of it that a feed touches. */
function fakeRoom() {
  const listeners = new Map<string, Listener>()
  const sending: { text: string; land: (entry: ChatPosted) => void; fail: (why: Error) => void }[] =
    []
  const room = {
    streamId: 'stream',
    connection: 'live',
    you: { id: 'me', name: 'Mira', role: 'viewer' },
    on: (event: string, listener: Listener) => {
      listeners.set(event, listener)
      return () => listeners.delete(event)
    },
    onConnection: () => () => undefined,
    chat: {
      send: (text: string) =>
        new Promise((land, fail) => {
          sending.push({ text, land, fail })
        }),
    },
  }
  const tell = (event: string, payload: unknown, replayed = false) =>
    listeners.get(event)?.(payload, { replayed })
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
    expect(draw.mock.calls.length).toBeLessThan(15)
  })

  test('[WEB-13] an own line is seen once, whether its event or its reply comes first', async () => {
    const { room, tell, sending } = fakeRoom()
    const feed = new ChatFeed(room)
    const sent = feed.send('hello  there')
    expect(feed.pending).toMatchObject([{ text: 'hello  there', state: 'sending' }])
    tell('chat.posted', posted(1, 'me', 'hello there'))
    expect(feed.pending).toEqual([])
    expect(shown(feed)).toEqual(['hello there'])
    sending[0]?.land(posted(1, 'me', 'hello there'))
    expect(await sent).toBeNull()
    expect(shown(feed)).toEqual(['hello there'])
  })

  test('[WEB-22] a refused text comes back, one that got no answer stays and may go again', async () => {
    const { room, sending } = fakeRoom()
    const feed = new ChatFeed(room)
    const refused = feed.send('too fast')
    const code = 'rate_limited'
    sending[0]?.fail(new Refusal({ code, message: 'Too fast.', retryAfterMs: 400 }))
    expect(await refused).toMatchObject({ text: 'too fast', code, retryAtMs: Date.now() + 400 })
    expect(feed.pending).toEqual([])
    const lost = feed.send('no answer')
    sending[1]?.fail(new Unavailable('deadline'))
    expect(await lost).toBeNull()
    expect(feed.pending).toMatchObject([{ text: 'no answer', state: 'failed' }])
    const [line] = feed.pending
    if (line) feed.sendAgain(line)
    expect(feed.pending).toMatchObject([{ text: 'no answer', state: 'sending' }])
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
})
