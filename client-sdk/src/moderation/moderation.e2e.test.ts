// Moderation through everything that is real: server, database, rooms, sockets, the SDK.
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '../../../server/src/platform/testing/test-database.ts'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { type LiveConnection, Odeon } from '../index.ts'

const database = await testDatabase()
const password = 'correct horse battery'
let url: string
let host: Odeon
let staff: Odeon
let stage: LiveConnection
let streamId: string
let people = 0

beforeAll(async () => {
  url = (await startTestServer({ databaseUrl: database.url, logLevel: 'error' })).url
  host = await account('sdkhost')
  staff = await account('sdkstaff')
  await database.sql`
    update users set platform_role = 'moderator' where id = ${staff.auth.user?.id}`
  ;({ stage, streamId } = await openStage(host))
})
afterAll(() => stage.leave())

async function account(username = `person${++people}`): Promise<Odeon> {
  const odeon = new Odeon(url)
  await odeon.auth.register({ username, email: `${username}@odeon.test`, password })
  return odeon
}

async function openStage(of: Odeon) {
  const { id } = await of.streams.create({ title: 'A stage' })
  return { stage: await of.live.join(id), streamId: id }
}

async function join(odeon: Odeon, id = streamId): Promise<LiveConnection> {
  const room = await odeon.live.join(id)
  onTestFinished(() => room.leave())
  return room
}

const idOf = (odeon: Odeon) => odeon.auth.user?.id as string
const textsIn = (room: LiveConnection) =>
  room.entries.flatMap((entry) => (entry.type === 'chat.posted' ? [entry.text] : []))
const within = { timeout: 1_000, interval: 20 }

test('[SAN-14] a timeout from the desk holds within a second on every device, and is appealed', async () => {
  const viewer = await account()
  const devices = [await join(viewer), await join(viewer)]
  await devices[0]?.chat.send('so awful')
  const { id } = await host.channels.sanction('sdkhost', {
    userId: idOf(viewer),
    kind: 'timeout',
    seconds: 3_600,
    reason: 'Enough for now.',
    purge: true,
  })
  for (const room of devices) {
    await vi.waitFor(() => {
      expect(room.you.standing.sanction).toMatchObject({ id, reason: 'Enough for now.' })
    }, within)
    await expect(room.chat.send('again')).rejects.toMatchObject({ code: 'timed_out' })
  }
  // History of whoever comes later, the archive, and the person's own next visit agree.
  expect(textsIn(await join(await account()))).not.toContain('so awful')
  expect(JSON.stringify(await host.streams.log(streamId))).not.toContain('so awful')
  expect((await join(viewer)).you.standing.sanction).toMatchObject({ id })
  const [own] = await viewer.me.sanctions()
  expect(own).toMatchObject({ id, by: 'host', mayAppeal: true })
  await viewer.me.appeal(id, 'I was quoting somebody else.')
  const { appeals } = await staff.moderation.appeals()
  expect(appeals).toMatchObject([{ mayDecide: true, sanction: { id } }])
  await staff.moderation.decideAppeal(appeals[0]?.id as string, { decision: 'lift', note: 'Fine.' })
  await vi.waitFor(() => expect(devices[1]?.you.standing.sanction).toBeNull(), within)
  await devices[1]?.chat.send('thank you')
})

test('[SAN-14] a timeout in one room purges and mutes in the other rooms of the channel', async () => {
  const viewer = await account()
  const other = await host.streams.create({ title: 'Another room' })
  const [here, there] = [await join(viewer), await join(viewer, other.id)]
  const watcher = await join(await account(), other.id)
  await there.chat.send('said elsewhere')
  await vi.waitFor(() => expect(textsIn(watcher)).toContain('said elsewhere'))
  await stage.members.timeout({ userId: idOf(viewer), seconds: 600 })
  await vi.waitFor(() => {
    expect(watcher.entries.map(({ type }) => type)).toContain('chat.purged')
    expect(there.you.standing.sanction).toMatchObject({ kind: 'timeout' })
    expect(here.you.standing.sanction).toMatchObject({ kind: 'timeout' })
  }, within)
  await expect(there.chat.send('more')).rejects.toMatchObject({ code: 'timed_out' })
  expect(textsIn(await join(await account(), other.id))).not.toContain('said elsewhere')
})

test('[SAN-14] what the house mutes is muted in every room at once, and staff clear it', async () => {
  const viewer = await account()
  const elsewhere = await openStage(await account())
  onTestFinished(() => elsewhere.stage.leave())
  const [here, there] = [await join(viewer), await join(viewer, elsewhere.streamId)]
  await expect(here.chat.send('kill yourself you worthless cunt')).rejects.toMatchObject({
    code: 'blocked_text',
  })
  await vi.waitFor(() => {
    expect(there.you.standing.sanction).toMatchObject({ by: 'house', scope: 'everywhere' })
  }, within)
  await expect(there.chat.send('hello?')).rejects.toMatchObject({ code: 'timed_out' })
  const { flags } = await staff.moderation.queue({ automatic: true, subject: idOf(viewer) })
  expect(flags).toMatchObject([{ isAutomatic: true, action: 'delete' }])
  await staff.moderation.decide(flags[0]?.id as string, { action: 'none' })
  await vi.waitFor(() => expect(there.you.standing.sanction).toBeNull(), within)
})

test('[SAN-14] a reported line that is deleted goes from room, history and archive', async () => {
  const [author, reporter] = [await account(), await account()]
  const [one, two] = [await join(author), await join(reporter)]
  const line = await one.chat.send('report me')
  if ('waits' in line) expect.fail('the line waits')
  const { id } = await reporter.reports.send({
    targetType: 'message',
    targetId: line.id,
    streamId,
    reason: 'harassment',
  })
  const { flags } = await host.moderation.queue({ channel: 'sdkhost' })
  expect(flags.find((flag) => flag.id === id)).toMatchObject({ excerpt: 'report me' })
  await host.moderation.decide(id, { action: 'delete' })
  await vi.waitFor(() => {
    expect(two.entries.map(({ type }) => type)).toContain('chat.removed')
  }, within)
  expect(textsIn(await join(await account()))).not.toContain('report me')
  await vi.waitFor(async () => {
    expect(JSON.stringify(await host.streams.log(streamId))).not.toContain('report me')
  })
  await host.moderation.reopen(id)
  await vi.waitFor(() => {
    expect(two.entries.map(({ type }) => type)).toContain('chat.restored')
  }, within)
  expect(textsIn(await join(await account()))).toContain('report me')
  await vi.waitFor(async () => {
    expect((await reporter.me.notices()).notices).toMatchObject([{ kind: 'report_resolved' }])
    expect((await author.me.notices()).notices).toMatchObject([{ kind: 'message_removed' }])
  })
})

test('[SAN-14] roles and shared lists reach people who are in the room already', async () => {
  const viewer = await account()
  const room = await join(viewer)
  await host.channels.grant('sdkhost', idOf(viewer), 'moderator')
  await vi.waitFor(() => expect(room.you.role).toBe('moderator'), within)
  expect((await host.channels.crew('sdkhost')).moderators).toMatchObject([{ id: idOf(viewer) }])
  await host.channels.revoke('sdkhost', idOf(viewer), 'moderator')
  await vi.waitFor(() => expect(room.you.role).toBe('viewer'), within)
  const { banLists } = host.channels
  const list = await banLists.make('sdkhost', { name: 'Bots' })
  await banLists.follow('sdkhost', list.id, 'mark')
  const entry = await banLists.add('sdkhost', list.id, { userId: idOf(viewer) })
  await vi.waitFor(
    async () => expect(await room.chat.send('let me see')).toMatchObject({ waits: 'held' }),
    { timeout: 2_000, interval: 500 },
  )
  expect(room.you.standing.sanction).toBeNull()
  await banLists.follow('sdkhost', list.id, 'ban')
  await vi.waitFor(() => {
    expect(room.you.standing.sanction).toMatchObject({ kind: 'ban', scope: 'channel' })
  }, within)
  await banLists.revoke('sdkhost', list.id, entry.id)
  await vi.waitFor(() => expect(room.you.standing.sanction).toBeNull(), within)
  const { actions } = await host.channels.audit('sdkhost')
  expect(actions[0]).toMatchObject({ kind: 'list_entry_revoked', by: { role: 'host' } })
})

test('[SAN-14] staff end a stream, everybody in its room sees it end and nobody who of them did', async () => {
  const owner = await account('endedhost')
  const own = await openStage(owner)
  onTestFinished(() => own.stage.leave())
  await own.stage.start()
  const viewer = await account()
  const room = await join(viewer, own.streamId)
  const report = { targetType: 'stream', targetId: own.streamId, reason: 'illegal' } as const
  const { id } = await viewer.reports.send(report)
  await staff.moderation.decide(id, { action: 'end_stream' })
  await vi.waitFor(() => expect(room.state.phase).toBe('ended'), within)
  const ended = room.entries.find(({ type }) => type === 'stream.ended')
  expect(ended).toMatchObject({ by: 'staff' })
  expect(JSON.stringify(ended)).not.toContain('sdkstaff')
  expect(await viewer.streams.get(own.streamId)).toMatchObject({ phase: 'ended' })
  await expect(staff.moderation.reopen(id)).rejects.toMatchObject({ code: 'not_possible' })
})
