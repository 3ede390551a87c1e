import { matchMaker } from '@colyseus/core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { someCard } from '../../rooms/src/testing/memory-directory.ts'
import { presenceDirectory } from '../../server/src/lobby/directory.ts'
import { noticeDesk } from '../../server/src/notices/notices.ts'
import { quietLog } from '../../server/src/platform/testing/quiet-log.ts'
import { testDatabase } from '../../server/src/platform/testing/test-database.ts'
import { startTestServer } from '../../server/src/platform/testing/test-server.ts'
import { realWorld } from '../../server/src/platform/world.ts'
import { Odeon } from './index.ts'
import { flakyLine } from './testing/flaky-line.ts'

const database = await testDatabase()
const { url } = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })
/** Another process, as far as lobby and notices can tell: it shares presence and database. */
const shared = { presence: matchMaker.presence, ...realWorld, log: quietLog }
const elsewhere = presenceDirectory(shared)
const desk = noticeDesk({ ...shared, database })
const tell = (userId: string, text: string) =>
  desk.notify(userId, {
    kind: 'warning',
    channel: null,
    from: null,
    text,
    path: null,
    sanctionId: null,
    until: null,
  })

let people = 0
async function guest(address = url): Promise<Odeon & { id: string }> {
  const odeon = new Odeon(address)
  const me = await odeon.auth.guest({ name: `Guest ${(people += 1)}` })
  return Object.assign(odeon, { id: me.id })
}
/** What is there to leave is left when the test is over. */
async function inside<Room extends { leave(): Promise<void> }>(joining: Promise<Room>) {
  const room = await joining
  onTestFinished(() => room.leave())
  return room
}
async function ownLine() {
  const line = await flakyLine(url)
  onTestFinished(() => line.close())
  return line
}

test('[LOB-06] [LOB-07] the lobby of the SDK is plain, ranked, and keeps what did not change', async () => {
  const lobby = await inside(new Odeon(url).lobby.join())
  const before = lobby.state
  expect(before).toMatchObject({ streams: [], total: 0 })
  elsewhere.publish(someCard('quiet', { viewers: 2, startedAt: 5 }))
  elsewhere.publish(someCard('loud', { viewers: 50, category: 'music', pulse: [0, 1, 4] }))
  elsewhere.publish(someCard('tie', { viewers: 2, startedAt: 4 }))
  const order = () => lobby.state.streams.map(({ streamId }) => streamId)
  await vi.waitFor(() => expect(order()).toEqual(['loud', 'tie', 'quiet']), 2_000)
  expect(before.streams).toEqual([])
  expect(lobby.state.streams[0]).toMatchObject({ category: 'music', language: null, rank: 50 })
  expect(lobby.state.streams[0]?.pulse).toEqual([0, 1, 4])
  expect([...lobby.state.categories]).toEqual([['music', 1]])
  const [loud] = lobby.state.streams
  const changes: number[] = []
  lobby.onChange(
    ({ streams }) => streams.length,
    (now) => changes.push(now),
  )
  elsewhere.withdraw('quiet')
  await vi.waitFor(() => expect(changes).toEqual([2]), 2_000)
  expect(lobby.state.streams[0]).toBe(loud)
  expect(lobby.state).toBe(lobby.state)
  const page = await new Odeon(url).lobby.live({ category: 'music' })
  expect(page).toEqual({ streams: [loud], next: null, total: 1 })
  for (const streamId of ['loud', 'tie']) elsewhere.withdraw(streamId)
})

test('[LOB-07] a stream shows to a visitor within a second of its start, and is gone with its end', async () => {
  const lobby = await inside(new Odeon(url).lobby.join())
  const host = new Odeon(url)
  const email = 'hostess@odeon.test'
  await host.auth.register({ username: 'hostess', email, password: 'correct horse battery' })
  const stream = await host.streams.create({ title: 'First light', category: 'music' })
  const stage = await inside(host.live.join(stream.id))
  const shown = () => lobby.state.streams.find(({ streamId }) => streamId === stream.id)
  expect(shown()).toBeUndefined()
  await stage.start()
  await vi.waitFor(
    () => expect(shown()).toMatchObject({ handle: 'hostess', category: 'music' }),
    1_000,
  )
  await stage.update({ title: 'Second light' })
  const viewer = await inside((await guest()).live.join(stream.id))
  await viewer.chat.send('hello')
  await vi.waitFor(
    () => expect(shown()).toMatchObject({ title: 'Second light', viewers: 1, rank: 5 }),
    10_000,
  )
  await stage.end()
  await vi.waitFor(() => expect(shown()).toBeUndefined(), 1_000)
})

test('[SDK-08] a lobby and an own room come back after a cut, with what was missed', async () => {
  const line = await ownLine()
  const odeon = await guest(line.url)
  const lobby = await inside(odeon.lobby.join())
  const me = await inside(odeon.me.join())
  const heard: (string | null)[] = []
  me.on('notice.posted', ({ notice }) => heard.push(notice.text))
  await tell(odeon.id, 'one')
  await vi.waitFor(() => expect(heard).toEqual(['one']))
  line.cut()
  await vi.waitFor(() =>
    expect([lobby.connection, me.connection]).toEqual(['resuming', 'resuming']),
  )
  for (const text of ['two', 'three']) await tell(odeon.id, text)
  elsewhere.publish(someCard('meanwhile'))
  line.mend()
  await vi.waitFor(() => {
    expect(heard).toEqual(['one', 'two', 'three'])
    expect(me.state.unread).toBe(3)
    expect(lobby.state.streams.map(({ streamId }) => streamId)).toEqual(['meanwhile'])
  }, 10_000)
  elsewhere.withdraw('meanwhile')
})

test('[ME-04] [SDK-09] an own room that was closed meanwhile goes on by its numbers', async () => {
  const odeon = await guest()
  const me = await inside(odeon.me.join())
  const heard: (string | null)[] = []
  const gaps: unknown[] = []
  me.on('notice.posted', ({ notice }) => heard.push(notice.text))
  me.on('discontinuity', (gap) => gaps.push(gap))
  await tell(odeon.id, 'one')
  await vi.waitFor(() => expect(heard).toEqual(['one']))
  const room = matchMaker.getLocalRoomById(`me_${odeon.id}`)
  await Promise.all([tell(odeon.id, 'two'), room.disconnect(4001)])
  await tell(odeon.id, 'three')
  await vi.waitFor(() => expect(heard).toEqual(['one', 'two', 'three']), 10_000)
  expect(gaps).toEqual([])
})

test('[ME-05] reading on one device marks it on the other, by room or by page', async () => {
  const odeon = await guest()
  await tell(odeon.id, 'a')
  await tell(odeon.id, 'b')
  const [phone, desktop] = [await inside(odeon.me.join()), await inside(odeon.me.join())]
  const marked: (string | null)[] = []
  desktop.on('notice.marked', ({ id }) => marked.push(id))
  const { notices, unread } = await odeon.me.notices({ limit: 1 })
  expect([notices[0]?.text, unread]).toEqual(['b', 2])
  expect(await phone.read(notices[0]!.id)).toBe(1)
  expect(await odeon.me.read()).toBe(0)
  await vi.waitFor(() => {
    expect(marked).toEqual([notices[0]!.id, null])
    expect([phone.state.unread, desktop.state.unread]).toEqual([0, 0])
  })
})

test('[SDK-23] signing out closes lobby and own room', async () => {
  const odeon = await guest()
  const [lobby, me] = [await odeon.lobby.join(), await odeon.me.join()]
  await odeon.auth.logout()
  expect([lobby.closeReason, me.closeReason]).toEqual(['signed_out', 'signed_out'])
  await expect(odeon.me.join()).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('[SDK-12] tabs that open at the same time wait for each other’s seats instead of failing', async () => {
  const odeon = await guest()
  const rooms = await Promise.all(
    Array.from({ length: 6 }, (_, tab) => (tab % 2 ? odeon.me.join() : odeon.lobby.join())),
  )
  expect(rooms.map(({ connection }) => connection)).toEqual(Array(6).fill('live'))
  await Promise.all(rooms.map((room) => room.leave()))
}, 30_000)

test('[LOB-06] of 500 who come at once each costs the same, however many were there before', async () => {
  const publish = () => {
    for (let n = 0; n < 150; n += 1) elsewhere.publish(someCard(`s${n}`, { viewers: n }))
  }
  publish()
  // As streams do that are live: what is not said again is forgotten.
  const beat = setInterval(publish, 2_000)
  onTestFinished(() => clearInterval(beat))
  const line = await ownLine()
  const odeons = await Promise.all(Array.from({ length: 500 }, () => guest()))
  const watched = await guest(line.url)
  const bytesOfOne = async () => {
    const from = line.receivedBytes()
    const lobby = await watched.lobby.join()
    expect(lobby.state.streams).toHaveLength(100)
    const bytes = line.receivedBytes() - from
    await lobby.leave()
    return bytes
  }
  const alone = await bytesOfOne()
  const startedAt = performance.now()
  const rooms = await Promise.all(odeons.map((odeon) => odeon.lobby.join()))
  const tookMs = performance.now() - startedAt
  const among500 = await bytesOfOne()
  process.stdout.write(
    `lobby of 100 listed streams: ${alone} bytes to join alone, ${among500} among 500; ` +
      `500 joined in ${Math.round(tookMs)} ms\n`,
  )
  expect(Math.abs(among500 - alone)).toBeLessThan(alone * 0.1)
  expect(rooms.every(({ state }) => state.streams.length === 100)).toBe(true)
  await Promise.all(rooms.map((room) => room.leave()))
  clearInterval(beat)
  for (let n = 0; n < 150; n += 1) elsewhere.withdraw(`s${n}`)
}, 120_000)
