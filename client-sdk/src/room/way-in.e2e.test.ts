/** How rooms are entered: by one socket where that does, else over HTTP first. */
import { type AddressInfo, createServer } from 'node:net'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import {
  startTestServer,
  type TestServer,
} from '../../../server/src/platform/testing/test-server.ts'
import { Odeon, type Stream } from '../index.ts'
import { fastWorld } from '../testing/fast-world.ts'

let server: TestServer
let ann: Odeon
let stream: Stream

beforeAll(async () => {
  server = await startTestServer()
  ann = new Odeon(server.url)
  const password = 'correct horse battery'
  await ann.auth.register({ username: 'ann', email: 'ann@odeon.test', password })
  stream = await ann.streams.create({ title: 'First light' })
})

interface Asked {
  url: string
  status: number
}

/** What the server was asked while `call` ran, of ways into rooms. */
async function askedWhile(call: () => Promise<unknown>): Promise<string[]> {
  const from = server.log.length
  await call()
  return server.log.slice(from).flatMap((line) => {
    const { url = '', status } = JSON.parse(line) as Partial<Asked>
    return /\/(seat|socket)(\?|$)/.test(url) ? [`${url.replace(/.*\//, '')} ${status}`] : []
  })
}

async function guest(WebSocket = globalThis.WebSocket): Promise<Odeon> {
  const odeon = new Odeon(server.url, { WebSocket })
  await odeon.auth.guest({ name: 'Bob' })
  return odeon
}

/** Whose sockets that ask for a seat get `change`d. */
const withSockets = (change: (url: string, protocols?: string[]) => [string, string[]?]) =>
  class extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      const [to, ...more] = url.includes('/socket?') ? change(url, protocols) : [url, protocols]
      super(to, more[0])
    }
  } as unknown as typeof WebSocket

test('[SDK-38] a room is entered by one socket and nothing else, and comes back to its session', async () => {
  const bob = await guest()
  const asked = await askedWhile(() => bob.live.join(stream.id, { backlog: 5 }))
  expect(asked).toEqual(['socket?backlog=5 101'])
  expect(await askedWhile(() => bob.lobby.join())).toEqual(['socket?backlog=0 101'])
})

test('[SDK-38] whoever may not enter hears why at the first try', async () => {
  const bob = await guest()
  const nobody = '01900000-0000-7000-8000-000000000000'
  const asked = await askedWhile(() =>
    expect(bob.live.join(nobody)).rejects.toMatchObject({
      name: 'Refusal',
      code: 'not_found',
      status: 404,
      requestId: expect.any(String),
    }),
  )
  expect(asked).toHaveLength(1)
})

test('[SDK-38] a token that is good no more is renewed by way of HTTP', async () => {
  const stale = withSockets((url) => [url, ['odeon', 'bearer.of.bad.news']])
  const bob = await guest(stale)
  const asked = await askedWhile(() => bob.live.join(stream.id, { backlog: 0 }))
  expect(asked).toEqual(['socket?backlog=0 401', 'seat 200'])
})

test('[SDK-38] where sockets come to nothing seats are asked for, and soon nothing else', async () => {
  let tries = 0
  const blocked = withSockets(() => {
    tries += 1
    return [`${server.url.replace('http', 'ws')}//:0`]
  })
  const bob = await guest(blocked)
  for (const expected of [1, 2, 2]) {
    const asked = await askedWhile(async () => {
      const room = await bob.live.join(stream.id)
      await room.leave()
    })
    expect(asked).toEqual(['seat 200'])
    expect(tries).toBe(expected)
  }
})

test('[SDK-39] a way in that swallows sockets is given up soon, unless it led in before', async () => {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const swallower = `ws://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  let isSwallowed = true
  const swallowed = withSockets((url, protocols) => (isSwallowed ? [swallower] : [url, protocols]))
  const world = fastWorld(20)
  const waits: number[] = []
  const after: typeof world.after = (delayMs, run) => {
    waits.push(delayMs)
    return world.after(delayMs, run)
  }
  const bob = new Odeon(server.url, { WebSocket: swallowed, world: { ...world, after } })
  await bob.auth.guest({ name: 'Bob' })
  /** How long its first socket is waited for. */
  const join = async () => {
    waits.length = 0
    const room = await bob.live.join(stream.id)
    await room.leave()
    return waits.find((ms) => ms >= 4_000)
  }
  const asked = await askedWhile(async () => expect(await join()).toBe(4_000))
  expect(asked).toEqual(['seat 200'])
  isSwallowed = false
  await join()
  isSwallowed = true
  expect(await join()).toBe(10_000)
})
