/** Chat and its moderation with the real server, as programs of several people see it. */
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import {
  type HeldLine,
  isWaiting,
  type LiveConnection,
  Odeon,
  parseSlash,
  runSlash,
} from '../index.ts'
import { postedIn } from '../testing/posted-in.ts'

const password = 'correct horse battery'
let url: string
let host: Odeon
let stage: LiveConnection
let streamId = ''
const rooms: LiveConnection[] = []

const account = async (username: string) => {
  const odeon = new Odeon(url)
  await odeon.auth.register({ username, email: `${username}@odeon.test`, password })
  return odeon
}
const enter = async (odeon: Odeon) => {
  const room = await odeon.live.join(streamId)
  rooms.push(room)
  return room
}
const idOf = ({ auth }: Odeon) => auth.user?.id ?? ''

beforeAll(async () => {
  url = (await startTestServer({ logLevel: 'warn' })).url
  host = await account('stagehost')
})
beforeEach(async () => {
  streamId = (await host.streams.create({ title: 'First light' })).id
  stage = await enter(host)
  await stage.start()
})
// A channel has one live stream at a time.
afterEach(async () => {
  await stage.end()
  await Promise.all(rooms.splice(0).map((room) => room.leave()))
})

describe('moderation with the real server', () => {
  test('[MOD-04] a moderator mutes somebody, who learns it within a second, on each device, and may speak after the undo', async () => {
    const [mod, ann] = [await account('moddy'), await account('anna')]
    const [desk, room, second] = [await enter(mod), await enter(ann), await enter(ann)]
    await stage.members.grant({ userId: idOf(mod), role: 'moderator' })
    await vi.waitFor(() => expect(desk.you.role).toBe('moderator'))
    expect(room.you.standing).toEqual({ sanction: null, isVip: false, followedAt: null })
    const line = postedIn(await room.chat.send('something rude'))
    const changes: unknown[] = []
    room.onYou(() => changes.push(room.you))
    const typed = parseSlash('/timeout @anna 10m spam', {
      role: desk.you.role,
      people: [{ id: idOf(ann), name: 'anna' }],
    })
    if ('refused' in typed) expect.fail(typed.message)
    const action = (await runSlash(desk, typed)) as { id: string }
    const sanction = { kind: 'timeout', reason: 'spam', by: 'moderator', scope: 'channel' }
    const withinMs = { timeout: 1_000 }
    await vi.waitFor(() => {
      for (const device of [room, second]) {
        expect(device.you.standing.sanction).toMatchObject(sanction)
      }
    }, withinMs)
    expect(changes).toHaveLength(1)
    expect(room.you).toBe(room.you)
    await expect(room.chat.send('again')).rejects.toMatchObject({ code: 'timed_out' })
    await expect(room.react('heart')).rejects.toMatchObject({ code: 'timed_out' })
    const late = await enter(await account('latecomer'))
    expect(JSON.stringify(late.entries)).not.toContain('something rude')
    const { entries } = await late.history()
    expect(JSON.stringify(entries)).not.toContain('something rude')

    await desk.crew.undo(action.id)
    await vi.waitFor(() => expect(room.you.standing.sanction).toBeNull())
    await room.chat.send('back again')
    const restored = late.entries.find((entry) => entry.type === 'chat.restored')
    expect(restored).toMatchObject({ lines: [{ id: line.id, text: 'something rude' }] })
    await expect(desk.crew.undo(action.id)).rejects.toMatchObject({ code: 'no_such_action' })
  })

  test('[CHT-08] followers mode asks the record at each line; the host is exempt', async () => {
    const fan = await account('fanny')
    const room = await enter(fan)
    const shown: boolean[] = []
    room.onChange(
      (state) => state.chat.followersMinutes,
      (now) => shown.push(now === 0),
    )
    expect(await stage.chat.modes({ followersMinutes: 0 })).toMatchObject({ followersMinutes: 0 })
    await vi.waitFor(() => expect(shown).toEqual([true]))
    await expect(room.chat.send('hi')).rejects.toMatchObject({ code: 'followers_only' })
    await fan.channels.follow('stagehost')
    await vi.waitFor(() => expect(room.you.standing.followedAt).toEqual(expect.any(Number)))
    expect(postedIn(await room.chat.send('hi'))).toMatchObject({ text: 'hi' })
    await fan.channels.unfollow('stagehost')
    await expect(room.chat.send('still?')).rejects.toMatchObject({ code: 'followers_only' })
    await stage.chat.send('the host may')
    await stage.chat.modes({ followersMinutes: -1 })
  })

  test('[MOD-03] a held line reaches the crew alone, is let through once and keeps its place', async () => {
    const room = await enter(await account('heldy'))
    const held: HeldLine[] = []
    const outcomes: string[] = []
    stage.on('chat.held', (line) => held.push(line))
    room.on('chat.outcome', ({ outcome }) => outcomes.push(outcome))
    const reply = await room.chat.send('you are a stupid moron')
    if (!isWaiting(reply)) expect.fail('the line was posted')
    expect(reply.waits).toBe('held')
    await vi.waitFor(() => expect(held).toMatchObject([{ id: reply.id }]))
    await stage.chat.send('meanwhile')
    expect((await stage.crew.read()).held).toMatchObject([{ id: reply.id }])
    await stage.crew.decide(reply.id, true)
    await expect(stage.crew.decide(reply.id, false)).rejects.toMatchObject({
      code: 'already_decided',
    })
    await vi.waitFor(() => expect(outcomes).toEqual(['posted']))
    const entry = room.entries.find((one) => one.type === 'chat.posted' && one.id === reply.id)
    expect(entry).toMatchObject({ after: 1 })
  })

  test('[CHT-27] /vip gives long lines and no slow mode at once, on each device; /unvip takes them back', async () => {
    const ann = await account('vippy')
    const [room, second] = [await enter(ann), await enter(ann)]
    await stage.chat.modes({ slowSeconds: 120 })
    const type = async (line: string) => {
      const typed = parseSlash(line, {
        role: stage.you.role,
        people: [{ id: idOf(ann), name: 'vippy' }],
      })
      if ('refused' in typed) expect.fail(typed.message)
      return await runSlash(stage, typed)
    }
    const long = 'so much to say '.repeat(60).trim()
    await expect(room.chat.send(long)).rejects.toMatchObject({ code: 'text_too_long' })
    await type('/vip @vippy')
    const isVip = (now: boolean) => () => {
      for (const device of [room, second]) expect(device.you.standing.isVip).toBe(now)
    }
    await vi.waitFor(isVip(true), { timeout: 1_000 })
    for (const device of [room, second]) {
      const said = postedIn(await device.chat.send(long))
      expect(said).toMatchObject({ text: long, from: { badges: ['vip'] } })
    }
    const [granted] = (await host.channels.audit('stagehost')).actions
    expect(granted).toMatchObject({ kind: 'grant', target: { id: idOf(ann) } })
    expect(granted?.details).toMatchObject({ role: 'vip' })
    expect((await host.channels.crew('stagehost')).vips).toMatchObject([{ id: idOf(ann) }])
    // From the settings of the channel it comes to the open room, too.
    await host.channels.revoke('stagehost', idOf(ann), 'vip')
    await vi.waitFor(isVip(false), { timeout: 1_000 })
    await expect(room.chat.send(long)).rejects.toMatchObject({ code: 'text_too_long' })
    await expect(room.chat.send('short')).rejects.toMatchObject({ code: 'slow_mode' })
    await type('/vip @vippy')
    await type('/unvip @vippy')
    await vi.waitFor(isVip(false))
    await stage.chat.modes({ slowSeconds: 0 })
  })

  test('[LIV-10] the host renames a live stream; record, state and lists follow', async () => {
    const room = await enter(await account('lookeron'))
    expect(await stage.update({ title: 'Second light', category: 'music' })).toMatchObject({
      title: 'Second light',
      category: 'music',
    })
    await vi.waitFor(() => expect(room.state).toMatchObject({ title: 'Second light' }))
    expect(await host.streams.get(streamId)).toMatchObject({ title: 'Second light' })
    await expect(room.update({ title: 'Mine' })).rejects.toMatchObject({ code: 'not_allowed' })
  })
})
