/** Moderation as unmodified Colyseus clients meet it: words, state, entries, second devices. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryPorts } from '../testing/memory-ports.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import type { Standing } from '../moderation/protocol.ts'

const clock = { aheadMs: 0 }
let server: RoomServer
let streamId = ''
let host: Joined
let ids = 0

beforeAll(async () => {
  const world = { ...memoryPorts().world, now: () => Date.now() + clock.aheadMs }
  server = await startRoomServer({}, memoryPorts(world))
})
afterAll(() => server.stop())
beforeEach(async () => {
  streamId = `mod${++ids}`
  await server.openStream(streamId, 'host')
  host = await server.join(streamId, 'user:host')
  await ask(host, 'stream.start')
})

const ask = (who: Joined, command: string, message: object = {}) =>
  who.room.request(command, { requestId: `request-${++ids}`, ...message })
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: { reason?: object }) => error.reason,
  )
const heard = ({ told }: Joined, type: string) =>
  told.filter((one) => one.type === type).map(({ payload }) => payload)
const enter = (who: string) => server.join(streamId, `user:${who}`)

describe('moderation in a live room', () => {
  it('[MOD-04] a mute holds at once, on every device and after coming back, and says why', async () => {
    const [phone, laptop] = [await enter('ann'), await enter('ann')]
    await ask(phone, 'chat.send', { text: 'rude words' })
    const message = { userId: 'ann', seconds: 60, reason: 'rude' }
    const action = await ask(host, 'member.timeout', message)
    expect(action).toMatchObject({ kind: 'timeout', target: { id: 'ann', name: 'Name of ann' } })
    for (const device of [phone, laptop]) {
      for (const [command, said] of [
        ['chat.send', { text: 'x' }],
        ['reaction.send', { kind: 'heart' }],
      ] as const) {
        const refusal = await refusalOf(ask(device, command, said))
        expect(refusal).toMatchObject({ code: 'timed_out', retryAfterMs: expect.any(Number) })
      }
      const sanction = { kind: 'timeout', reason: 'rude', by: 'host', scope: 'channel' }
      await vi.waitFor(() =>
        expect(heard(device, 'member.changed')).toMatchObject([{ standing: { sanction } }]),
      )
    }
    await phone.room.leave()
    await laptop.room.leave()
    const back = await enter('ann')
    expect((back.welcome.standing as Standing).sanction).toMatchObject({ reason: 'rude' })
    expect(await refusalOf(ask(back, 'chat.send', { text: 'x' }))).toMatchObject({
      code: 'timed_out',
    })
    expect(JSON.stringify(back.told)).not.toContain('rude words')
  })

  it('[MOD-05] a mute ends by itself, and the person is told', async () => {
    const ann = await enter('ann')
    await ask(host, 'member.timeout', { userId: 'ann', seconds: 60 })
    server.ports.moderation.sanctions.delete('ann')
    clock.aheadMs += 60_000
    const last = () => heard(ann, 'member.changed').at(-1) as { standing: Standing } | undefined
    await vi.waitFor(() => expect(last()?.standing.sanction).toBeNull(), { timeout: 3_000 })
    expect(heard(ann, 'member.changed')).toHaveLength(2)
    await ask(ann, 'chat.send', { text: 'back again' })
  })

  it('[MOD-07] a moderator made here may act at once and is in the list; unmade, no more', async () => {
    const [ann, bob] = [await enter('ann'), await enter('bob')]
    expect(await refusalOf(ask(ann, 'chat.clear'))).toMatchObject({ code: 'not_allowed' })
    await ask(host, 'role.grant', { userId: 'ann', role: 'moderator' })
    await ask(ann, 'chat.clear')
    await vi.waitFor(() => {
      expect(bob.room.state.crew.get('ann')?.toJSON()).toEqual({
        name: 'Name of ann',
        role: 'moderator',
        tier: 0,
      })
      expect(heard(ann, 'member.changed')).toMatchObject([{ role: 'moderator' }])
      expect(heard(bob, 'crew.changed')).toMatchObject([{ userId: 'ann', has: true }])
      expect(heard(ann, 'crew.acted')).toMatchObject([{ kind: 'grant' }, { kind: 'clear' }])
    })
    expect(heard(bob, 'crew.acted')).toEqual([])
    await ask(host, 'role.revoke', { userId: 'ann', role: 'moderator' })
    expect(await refusalOf(ask(ann, 'crew.read'))).toMatchObject({ code: 'not_allowed' })
    await vi.waitFor(() => expect(bob.room.state.crew.has('ann')).toBe(false))
  })

  it('[MOD-11] who joins while a moderator decides about them gets what holds after it', async () => {
    const { streams, moderation } = server.ports
    const admit = streams.admit.bind(streams)
    let first = true
    streams.admit = async (...args) => {
      const before = await admit(...args)
      if (first && args[1].userId === 'ann') {
        first = false
        await ask(host, 'member.ban', { userId: 'ann' })
      }
      return before
    }
    const ann = await enter('ann')
    streams.admit = admit
    expect((ann.welcome.standing as Standing).sanction).toMatchObject({ kind: 'ban', until: null })
    expect(await refusalOf(ask(ann, 'chat.send', { text: 'x' }))).toEqual({
      code: 'banned',
      message: expect.any(String),
    })
    moderation.sanctions.clear()
  })

  it('[MOD-12] the server has a room look again, purge, take out lines, end the stream', async () => {
    const room = server.room(streamId) as unknown as {
      channelId: string
      hostId: string
      refreshStanding(userId: string): Promise<void>
      purge(userId: string): void
      removeLines(ids: string[]): void
      endStream(): Promise<boolean>
    }
    expect([room.channelId, room.hostId]).toEqual([`channel-${streamId}`, 'host'])
    const [ann, bob] = [await enter('ann'), await enter('bob')]
    const line = await ask(ann, 'chat.send', { text: 'planted' })
    await ask(bob, 'chat.send', { text: 'other words' })
    server.ports.moderation.vips.add('ann')
    await room.refreshStanding('ann')
    await vi.waitFor(() =>
      expect(heard(ann, 'member.changed')).toMatchObject([{ standing: { isVip: true } }]),
    )
    room.removeLines([line.id, 'nosuch'])
    room.purge('bob')
    room.purge('nobody')
    await vi.waitFor(() => {
      expect(heard(bob, 'chat.removed')).toMatchObject([{ ids: [line.id], by: 'moderator' }])
      expect(heard(ann, 'chat.purged')).toMatchObject([{ userId: 'bob' }])
    })
    const late = await enter('late')
    expect(JSON.stringify(late.told)).not.toMatch(/planted|other words/)
    server.ports.streams.blocked.add('bob')
    await room.refreshStanding('bob')
    expect(await bob.closed).toMatchObject({ reason: 'removed' })
    server.ports.streams.blocked.delete('bob')
    expect(await room.endStream()).toBe(true)
    expect(await room.endStream()).toBe(false)
    await vi.waitFor(() => expect(heard(ann, 'stream.ended')).toMatchObject([{ by: 'staff' }]))
  })

  it('[MOD-10] what waits and what was done reaches the crew alone, also who comes later', async () => {
    const ann = await enter('ann')
    const held = await ask(ann, 'chat.send', { text: 'darn it' })
    expect(held).toMatchObject({ waits: 'held' })
    const desk = await ask(host, 'crew.read')
    expect(desk.held).toMatchObject([{ id: held.id, text: 'darn it' }])
    await ask(host, 'held.decide', { id: held.id, allow: true })
    expect(await refusalOf(ask(host, 'held.decide', { id: held.id, allow: false }))).toMatchObject({
      code: 'already_decided',
    })
    await vi.waitFor(() => {
      expect(heard(ann, 'chat.outcome')).toEqual([{ id: held.id, outcome: 'posted' }])
      expect(heard(ann, 'chat.posted')).toMatchObject([{ id: held.id, after: 1 }])
    })
    expect(heard(host, 'chat.held')).toHaveLength(1)
    expect([...heard(ann, 'chat.held'), ...heard(ann, 'crew.acted')]).toEqual([])
  })
})
