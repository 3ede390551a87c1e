// What reaches outside a decision's transaction: after the commit, whatever happens between.
import { expect, test, vi } from 'vitest'
import { noNumbers } from '../streams/streams.ts'
import { decideFlag } from './decide-flag.ts'
import { houseLimits } from './limits.ts'
import { effectsDue } from './pending-effects.ts'
import { reopenFlag } from './reopen-flag.ts'
import type { DecideDeps } from './take-measure.ts'
import { listeningRoom, moderationBench } from './testing.ts'

const bench = await moderationBench()
const { call, database } = bench
const { sql } = database
const admin = await bench.person('effect_admin', { platformRole: 'admin' })
const by = { ...admin, sid: 'sid' } as Parameters<typeof decideFlag>[1]['by']

/** A process that dies behind the commit: nothing is carried out. */
const dying: DecideDeps = {
  ...bench.deps,
  administration: bench.admins,
  effects: { carryOut: async () => {} },
}
/** One whose transaction fails at its very end. */
const failing: DecideDeps = {
  ...dying,
  database: {
    sql,
    transaction: (work) =>
      database.transaction(async (tx) => {
        await work(tx)
        throw new Error('the database went away')
      }),
  },
}

let reports = 0
async function report(targetType: 'user' | 'stream', targetId: string): Promise<string> {
  reports += 1
  const reporter = await bench.person(`effect_by_${reports}`)
  const { body } = await call('POST', '/reports', reporter, {
    targetType,
    targetId,
    reason: 'hate',
  })
  return body.id
}
async function liveStream(handle: string) {
  const house = await bench.house(handle)
  await bench.streams.start(house.streamId, Date.now())
  return { ...house, flagId: await report('stream', house.streamId) }
}
const decision = (flagId: string, action: 'suspend' | 'end_stream') =>
  ({ flagId, by, action, status: 'resolved', everywhere: false }) as const
const phaseOf = async (streamId: string) => (await bench.streams.find(streamId))?.phase
const flag = async (id: string) =>
  (await sql<{ status: string }>`select status from flags where id = ${id}`)[0]?.status
const isSuspended = async (userId: string) =>
  (await sql`select from users where id = ${userId} and suspended_at is not null`).length === 1
/** Notices and letters apart, which wait for nobody. */
const left = async (now: number | null = null) => {
  const due = await effectsDue(sql, now)
  const others = await sql<{ id: string }>`
    select id from pending_effects
    where id = any(${due}) and kind not in ('notice', 'letter') order by id`
  return others.map(({ id }) => id)
}

test('[FLG-12] a slow room holds up no transaction: the decision stands while it ends', async () => {
  const { streamId, channelId, flagId } = await liveStream('slow_room')
  const { room, asked } = listeningRoom(`live_${streamId}`, channelId)
  const ended = Promise.withResolvers<boolean>()
  const slow = vi.fn<() => Promise<boolean>>(() => ended.promise)
  bench.rooms.push({ ...room, endStream: slow })
  const answer = call('POST', `/moderation/flags/${flagId}`, admin, { action: 'end_stream' })
  await vi.waitFor(() => expect(slow).toHaveBeenCalledOnce())
  expect(await flag(flagId)).toBe('resolved')
  // Nothing of the flag or of the person is locked.
  await sql`update flags set note = 'seen' where id = ${flagId}`
  ended.resolve(true)
  expect((await answer).status).toBe(200)
  expect(await left()).toEqual([])
  expect(asked).toEqual([])
  bench.rooms.length = 0
})

test('[FLG-12] what a dead process decided is carried out by the next start, once', async () => {
  const { streamId, flagId } = await liveStream('died_stream')
  const person = await bench.person('died_person')
  const personFlag = await report('user', person.userId)
  expect(await decideFlag(dying, decision(flagId, 'end_stream'))).toBe(true)
  expect(await decideFlag(dying, decision(personFlag, 'suspend'))).toBe(true)
  expect(await phaseOf(streamId)).toBe('live')
  expect(await isSuspended(person.userId)).toBe(true)
  expect(bench.suspended).not.toContain(person.userId)
  expect(await left()).toHaveLength(2)
  for (const round of ['first', 'second']) {
    const stop = bench.moderation.startUpkeep()
    await vi.waitFor(async () => expect(await left(), round).toEqual([]))
    await stop()
  }
  expect(await phaseOf(streamId)).toBe('ended')
  expect(bench.suspended.filter((userId) => userId === person.userId)).toHaveLength(1)
  const kinds = await sql`
    select kind from moderation_actions
    where target_id = ${person.userId} and kind in ('suspend', 'flag_resolved') order by id`
  expect(kinds).toEqual([{ kind: 'suspend' }, { kind: 'flag_resolved' }])
})

test('[FLG-12] a decision that is rolled back has done nothing', async () => {
  const { streamId, flagId } = await liveStream('rolled_back')
  const person = await bench.person('rolled_person')
  const personFlag = await report('user', person.userId)
  for (const asked of [decision(flagId, 'end_stream'), decision(personFlag, 'suspend')]) {
    await expect(decideFlag(failing, asked)).rejects.toThrow('went away')
    expect(await flag(asked.flagId)).toBe('pending')
  }
  expect(await left()).toEqual([])
  expect(await phaseOf(streamId)).toBe('live')
  expect(await isSuspended(person.userId)).toBe(false)
  expect(bench.suspended).not.toContain(person.userId)
})

test('[FLG-12] what fails is tried again, later each time, and never by the decision', async () => {
  const { streamId, channelId, flagId } = await liveStream('failing_room')
  const { room } = listeningRoom(`live_${streamId}`, channelId)
  const endStream = vi.fn<() => Promise<boolean>>().mockRejectedValue(new Error('not now'))
  bench.rooms.push({ ...room, endStream })
  const decided = await call('POST', `/moderation/flags/${flagId}`, admin, { action: 'end_stream' })
  expect(decided.status).toBe(200)
  const [id] = await left()
  const now = bench.world.now()
  expect(await left(now)).toEqual([])
  expect(await left(now + houseLimits.effectRetryMs)).toEqual([id])
  await bench.moderation.startUpkeep()()
  expect(endStream).toHaveBeenCalledTimes(2)
  expect(await left(now + houseLimits.effectRetryMs)).toEqual([])
  expect(await left(bench.world.now() + 2 * houseLimits.effectRetryMs)).toEqual([id])
  bench.rooms.length = 0
  await bench.moderation.startUpkeep()()
  expect(await left()).toEqual([])
  expect(await phaseOf(streamId)).toBe('ended')
})

test('[FLG-12] a stream that is not live, and who is suspended already, is said to be so', async () => {
  const house = await bench.house('not_live')
  await bench.streams.start(house.streamId, Date.now())
  const streamFlag = await report('stream', house.streamId)
  await bench.streams.end(house.streamId, Date.now(), noNumbers(0))
  const end = await call('POST', `/moderation/flags/${streamFlag}`, admin, { action: 'end_stream' })
  expect(end.body.error.code).toBe('not_possible')
  const person = await bench.person('suspended_before')
  await bench.admins.change(admin.userId, person.userId, { suspended: true })
  const id = await report('user', person.userId)
  const suspend = await call('POST', `/moderation/flags/${id}`, admin, { action: 'suspend' })
  expect(suspend.body.error.code).toBe('already_so')
  expect([await flag(streamFlag), await flag(id)]).toEqual(['pending', 'pending'])
})

test('[FLG-06] taking back is one transaction: undone and waiting again, or neither', async () => {
  const person = await bench.person('half_back')
  const id = await report('user', person.userId)
  const asked = { everywhere: true, action: 'ban' }
  expect((await call('POST', `/moderation/flags/${id}`, admin, asked)).status).toBe(200)
  const standing = () => sql`
    select kind from sanctions where user_id = ${person.userId} and lifted_at is null`
  await expect(reopenFlag(failing, { flagId: id, by })).rejects.toThrow('went away')
  expect(await flag(id)).toBe('resolved')
  expect(await standing()).toEqual([{ kind: 'ban' }])
  const both = await Promise.all([1, 2].map(() => reopenFlag(dying, { flagId: id, by })))
  expect(both.filter((outcome) => outcome === true)).toHaveLength(1)
  expect(await flag(id)).toBe('pending')
  expect(await standing()).toEqual([])
})

test('[FLG-12] an account that may come back does so for a dead process, too', async () => {
  const person = await bench.person('back_again')
  const id = await report('user', person.userId)
  await decideFlag(dying, decision(id, 'suspend'))
  expect(await reopenFlag(dying, { flagId: id, by })).toBe(true)
  expect(await isSuspended(person.userId)).toBe(false)
  const stop = bench.moderation.startUpkeep()
  await vi.waitFor(async () => expect(await left()).toEqual([]))
  await stop()
  // How the account is now counts, not how it was when that was written.
  expect(bench.suspended).not.toContain(person.userId)
})

test('[FLG-14] what a dead process had to tell is told by the next start, once', async () => {
  const person = await bench.person('told_later')
  const id = await report('user', person.userId)
  const asked = { flagId: id, by, action: 'warn', note: 'Mind your words.' } as const
  await decideFlag(dying, { ...asked, status: 'resolved', everywhere: true })
  const told = () => bench.notices.filter(({ userId }) => userId === person.userId)
  expect(told()).toEqual([])
  for (const round of ['first', 'second']) {
    const stop = bench.moderation.startUpkeep()
    await vi.waitFor(async () => expect(await effectsDue(sql, null), round).toEqual([]))
    await stop()
  }
  expect(told()).toMatchObject([{ kind: 'warning', text: 'Mind your words.' }])
})

test('[FLG-14] nobody is told of what was rolled back', async () => {
  const person = await bench.person('told_never')
  const id = await report('user', person.userId)
  const asked = { flagId: id, by, action: 'warn', status: 'resolved', everywhere: true } as const
  await expect(decideFlag(failing, asked)).rejects.toThrow('went away')
  expect(await effectsDue(sql, null)).toEqual([])
  expect(bench.notices.filter(({ userId }) => userId === person.userId)).toEqual([])
})
