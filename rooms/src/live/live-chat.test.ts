/** Chat on the wire: what reaches whom, in which order, under modes and the moderation delay. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'

let server: RoomServer
let streamId = ''
let host: Joined
let ids = 0

beforeAll(async () => {
  server = await startRoomServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  streamId = `chat${++ids}`
  const { channels } = server.ports
  channels.modes = { ...channels.modes, slowSeconds: 0, emoteOnly: false, delaySeconds: 0 }
  channels.emotes = []
  await server.openStream(streamId, 'host')
  host = await server.join(streamId, 'user:host')
})

const ask = (who: Joined, command: string, message: object = {}) =>
  who.room.request(command, { requestId: `request-${++ids}`, ...message })
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'ok',
    (error: { reason?: { code: string } }) => error.reason?.code,
  )
const heard = ({ told }: Joined, type: string) =>
  told.filter((one) => one.type === type).map(({ payload }) => payload)
const enter = (who: string, options?: object) => server.join(streamId, `user:${who}`, options)

describe('chat on the wire', () => {
  it('[CHT-11] everybody is shown a mode before anybody is refused by it', async () => {
    const viewers = await Promise.all(['ann', 'bob', 'cat'].map((who) => enter(who)))
    const [ann] = viewers as [Joined, Joined, Joined]
    // On one's own socket the frame is first; to the others it was written before.
    const order: string[] = []
    ann.room.onStateChange((state) => {
      if (state.chat.emoteOnly) order.push('shown')
    })
    const moding = ask(host, 'chat.modes', { modes: { emoteOnly: true } })
    for (let n = 0; n < 5 && !order.includes('emote_only'); n += 1) {
      order.push(String(await codeOf(ask(ann, 'chat.send', { text: `line ${n}` }))))
    }
    expect(await moding).toMatchObject({ emoteOnly: true })
    expect(order.filter((step) => step !== 'ok')).toEqual(['shown', 'emote_only'])
    await vi.waitFor(() => {
      for (const { room } of viewers) expect(room.state.chat.emoteOnly).toBe(true)
    })
    expect(heard(ann, 'chat.moded')).toMatchObject([{ modes: { emoteOnly: true } }])
    expect(server.ports.channels.modes).toMatchObject({ emoteOnly: true })
  })

  it('[CHT-19] of a line deleted inside the delay no byte reaches anybody but the crew', async () => {
    const [ann, bob] = [await enter('ann'), await enter('bob')]
    await ask(host, 'chat.modes', { modes: { delaySeconds: 1 } })
    const taint = `taint-${streamId}`
    const waiting = await ask(ann, 'chat.send', { text: `${taint}-a` })
    expect(waiting).toMatchObject({ waits: 'delayed' })
    const passing = await ask(ann, 'chat.send', { text: 'fine words' })
    await vi.waitFor(() => expect(heard(host, 'chat.delayed')).toHaveLength(2))
    await ask(host, 'chat.delete', { id: waiting.id })
    const meanwhile = await enter('cat')
    await vi.waitFor(() => expect(heard(bob, 'chat.posted')).toMatchObject([{ id: passing.id }]), {
      timeout: 3_000,
    })
    const late = await enter('late')
    await ask(late, 'log.read', { epoch: late.welcome.epoch, after: 0 })
    for (const { told, room } of [ann, bob, meanwhile, late]) {
      expect(JSON.stringify([told, room.state])).not.toContain(taint)
    }
    expect(JSON.stringify(server.ports.archive.records.get(`live_${streamId}`))).not.toContain(
      taint,
    )
    expect(JSON.stringify(host.told)).toContain(taint)
    expect(heard(ann, 'chat.outcome')).toEqual([
      { id: waiting.id, outcome: 'removed' },
      { id: passing.id, outcome: 'posted' },
    ])
  })

  it('[CHT-19] delayed lines leave at their time, not at the next beat', async () => {
    const ann = await enter('ann')
    await ask(host, 'chat.modes', { modes: { delaySeconds: 1 } })
    const { until } = await ask(ann, 'chat.send', { text: 'on time' })
    await vi.waitFor(() => expect(heard(ann, 'chat.posted')).toHaveLength(1), {
      timeout: 3_000,
      interval: 5,
    })
    const [posted] = heard(ann, 'chat.posted') as { at: number }[]
    expect(posted?.at).toBeGreaterThanOrEqual(until)
    expect((posted?.at ?? 0) - until).toBeLessThan(900)
  })

  it('[CHT-23] an announcement is a line that says so; what would be blocked is not announced', async () => {
    const ann = await enter('ann')
    const line = await ask(host, 'chat.announce', { text: 'Doors at eight' })
    expect(line).toMatchObject({ isAnnouncement: true, from: { badges: ['host'] } })
    await vi.waitFor(() => expect(heard(ann, 'chat.posted')).toEqual([line]))
    expect(await codeOf(ask(host, 'chat.announce', { text: 'vile' }))).toBe('blocked_text')
    expect(server.ports.moderation.taken.at(-1)).toMatchObject({ kind: 'announce' })
    // A moderator whom the host has muted does not speak by this door either.
    server.ports.streams.moderators.add('loud')
    const loud = await enter('loud')
    await ask(host, 'member.timeout', { userId: 'loud' })
    expect(await codeOf(ask(loud, 'chat.announce', { text: 'me again' }))).toBe('timed_out')
  })

  it('[LIV-14] a room that opens again has its modes; the pin and what waited are gone', async () => {
    const ann = await enter('ann')
    const line = await ask(ann, 'chat.send', { text: 'before' })
    await ask(host, 'chat.pin', { id: line.id })
    const action = await ask(host, 'chat.clear')
    await ask(ann, 'chat.send', { text: 'darn it' })
    await ask(host, 'chat.modes', { modes: { slowSeconds: 7 } })
    await server.room(streamId).disconnect()
    await host.closed
    await server.reopen(streamId)
    const again = await enter('host')
    await vi.waitFor(() => expect(again.room.state.chat.slowSeconds).toBe(7))
    expect(again.room.state.chat.pinned.id).toBe('')
    expect(await ask(again, 'crew.read')).toEqual({ held: [], delayed: [], actions: [] })
    expect(await codeOf(ask(again, 'moderation.undo', { actionId: action.id }))).toBe(
      'no_such_action',
    )
    expect(JSON.stringify(again.told)).not.toContain('before')
    // Who spoke before is still known by name.
    const bob = await enter('bob')
    const named = await ask(bob, 'chat.send', { text: 'hi @Name of ann' })
    expect(named).toMatchObject({ mentions: ['ann'] })
  })

  it('[LIV-13] what changes in the channel holds here at once; a change under way here stays', async () => {
    const { channels, streams } = server.ports
    const room = server.room(streamId) as unknown as { refreshChannel(): Promise<void> }
    const ann = await enter('ann')
    channels.emotes = [{ code: 'wave', id: 'id-1' }]
    channels.modes = { ...channels.modes, slowSeconds: 9 }
    const shown = { name: 'New Name', avatarUrl: '/v1/media/1', title: 'New' }
    streams.streams.set(streamId, { ...streams.streams.get(streamId)!, ...shown, country: 'NP' })
    await room.refreshChannel()
    await vi.waitFor(() => {
      expect(ann.room.state).toMatchObject(shown)
      expect(ann.room.state.chat).toMatchObject({ slowSeconds: 9, emotesVersion: 1 })
    })
    expect(await ask(ann, 'chat.send', { text: ':wave:' })).toMatchObject({
      emotes: { wave: 'id-1' },
    })
    // The same again is no change.
    await room.refreshChannel()
    const read = channels.chat.bind(channels)
    channels.chat = async () => {
      const old = await read()
      await ask(host, 'chat.modes', { modes: { slowSeconds: 3 } })
      return old
    }
    await room.refreshChannel()
    channels.chat = read
    await vi.waitFor(() => expect(ann.room.state.chat.slowSeconds).toBe(3))
    expect(ann.room.state.chat.emotesVersion).toBe(1)
    expect(channels.modes.slowSeconds).toBe(3)
    // What cannot be read changes nothing, and is nobody's fault who said that it changed.
    channels.chat = () => Promise.reject(new Error('the record is away'))
    await room.refreshChannel()
    channels.chat = read
    expect(ann.room.state.name).toBe('New Name')
  })
})
