import { LocalPresence } from '@colyseus/core'
import { noticeLimits } from '@odeon/rooms'
import { expect, test } from 'vitest'
import { addGuest, addPerson, block } from '../platform/testing/people.ts'
import { quietLog, recordingLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { realWorld } from '../platform/world.ts'
import { deskLimits, noticeDesk } from './notices.ts'
import type { NewNotice } from './post-notices.ts'
import { keepNoticesTidy } from './upkeep.ts'

const database = await testDatabase()
let offsetMs = 0
const presence = new LocalPresence()
const desk = noticeDesk({
  database,
  presence,
  now: () => Date.now() + offsetMs,
  newId: realWorld.newId,
  log: quietLog,
})
const { box } = desk

const bare: NewNotice = {
  kind: 'warning',
  channel: null,
  from: null,
  text: null,
  path: null,
  sanctionId: null,
  until: null,
}
const textsOf = async (userId: string) =>
  (await desk.page(userId, { limit: noticeLimits.keptMax })).notices.map(({ text }) => text)

test('[NOT-01] what was told is kept, numbered for each person, and read by page from the newest', async () => {
  const ann = await addPerson(database, 'ann')
  for (let n = 1; n <= 5; n += 1) await desk.notify(ann.userId, { ...bare, text: `line ${n}` })
  const first = await desk.page(ann.userId, { limit: 2 })
  expect(first).toMatchObject({ more: true, unread: 5 })
  expect(first.notices.map(({ text }) => text)).toEqual(['line 5', 'line 4'])
  const rest = await desk.page(ann.userId, { limit: 10, before: first.notices[1]!.id })
  expect(rest.notices.map(({ text }) => text)).toEqual(['line 3', 'line 2', 'line 1'])
  expect(rest.more).toBe(false)
  expect((await box.after(ann.userId, 3, 10)).map(({ seq }) => seq)).toEqual([4, 5])
  expect((await box.tail(ann.userId, 2)).map(({ seq }) => seq)).toEqual([4, 5])
  expect(await box.open(ann.userId)).toEqual({ head: 5, unread: 5 })
})

test('[NOT-01] numbers have no hole and no double, however many tell at the same time', async () => {
  const [bea, ben] = [await addPerson(database, 'bea'), await addPerson(database, 'ben')]
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      desk.notifyAll(n % 2 ? [bea.userId, ben.userId] : [ben.userId, bea.userId], {
        ...bare,
        text: `${n}`,
      }),
    ),
  )
  for (const { userId } of [bea, ben]) {
    const seqs = (await box.after(userId, 0, 100)).map(({ seq }) => seq)
    expect(seqs).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
  }
})

test('[NOT-02] one is read, or all; a second time changes nothing; nobody reads for another', async () => {
  const [cia, dan] = [await addPerson(database, 'cia'), await addPerson(database, 'dan')]
  for (const text of ['a', 'b', 'c']) await desk.notify(cia.userId, { ...bare, text })
  const [, second] = (await desk.page(cia.userId, { limit: 3 })).notices
  expect(await box.read(dan.userId, second!.id)).toEqual({ unread: 0 })
  expect(await box.read(cia.userId, 'no such id')).toEqual({ unread: 3 })
  expect(await box.read(cia.userId, second!.id)).toEqual({ unread: 2 })
  const { notices } = await desk.page(cia.userId, { limit: 3 })
  expect(notices.map(({ readAt }) => readAt === null)).toEqual([true, false, true])
  expect(await box.read(cia.userId)).toEqual({ unread: 0 })
  const again = await desk.page(cia.userId, { limit: 3 })
  expect(again.notices[1]!.readAt).toBe(notices[1]!.readAt)
})

test('[NOT-03] 500 are kept for each person, for 90 days; numbers go on', async () => {
  const eve = await addPerson(database, 'eve')
  const told = noticeLimits.keptMax + 20
  for (let n = 1; n <= told; n += 1) await desk.notify(eve.userId, { ...bare, text: `${n}` })
  const texts = await textsOf(eve.userId)
  expect([texts.length, texts.at(0), texts.at(-1)]).toEqual([noticeLimits.keptMax, '520', '21'])
  offsetMs = noticeLimits.keptForMs + 60_000
  expect(await textsOf(eve.userId)).toEqual([])
  expect(await box.unread(eve.userId)).toBe(0)
  expect(await desk.forgetOld()).toBeGreaterThanOrEqual(noticeLimits.keptMax)
  offsetMs = 0
  expect(await box.open(eve.userId)).toEqual({ head: told, unread: 0 })
  await desk.notify(eve.userId, { ...bare, text: 'new' })
  expect((await box.tail(eve.userId, 5)).map(({ seq }) => seq)).toEqual([told + 1])
}, 60_000)

test('[NOT-04] a mention reaches account names in any case, and never oneself or who blocked', async () => {
  const people = await Promise.all(
    ['fay', 'gil', 'hal'].map((username) => addPerson(database, username)),
  )
  const [fay, gil, hal] = people
  const guest = await addGuest(database, 'Guest')
  await block(database, gil!, fay!)
  const from = { id: fay!.userId, name: 'Fay' }
  await desk.mention(['FAY', 'Gil', 'hal', 'nobody', 'hal'], { ...bare, kind: 'mention', from })
  const unread = await Promise.all([...people, guest].map(({ userId }) => box.unread(userId)))
  expect(unread).toEqual([0, 0, 1, 0])
  // What a moderator does is told all the same.
  await desk.notify(gil!.userId, { ...bare, kind: 'sanction', from })
  expect(await box.unread(gil!.userId)).toBe(1)
  expect((await desk.page(hal!.userId, { limit: 1 })).notices[0]).toMatchObject({ from })
})

test('[NOT-05] one person is told of five mentions by another in ten minutes, later of more', async () => {
  const [ida, jon] = [await addPerson(database, 'ida'), await addPerson(database, 'jon')]
  const from = { id: ida.userId, name: 'Ida' }
  for (let n = 0; n < 9; n += 1) await desk.mention(['jon'], { ...bare, kind: 'mention', from })
  expect(await box.unread(jon.userId)).toBe(noticeLimits.fromOnePersonMax)
  offsetMs = noticeLimits.fromOnePersonMs + 1_000
  await desk.mention(['jon'], { ...bare, kind: 'reply', from })
  offsetMs = 0
  expect(await box.unread(jon.userId)).toBe(noticeLimits.fromOnePersonMax + 1)
})

test('[NOT-05] what comes at the same time is counted, and one line tells one person once', async () => {
  const [nan, oda] = [await addPerson(database, 'nan'), await addPerson(database, 'oda')]
  const from = { id: nan.userId, name: 'Nan' }
  const said = (seq: number): NewNotice => {
    return { ...bare, kind: 'mention', from, line: { streamId: 'x', seq } }
  }
  await Promise.all([desk.notify(oda.userId, said(1)), desk.mention(['oda'], said(1))])
  expect(await box.unread(oda.userId)).toBe(1)
  await Promise.all(Array.from({ length: 9 }, (_, n) => desk.notify(oda.userId, said(n + 2))))
  expect(await box.unread(oda.userId)).toBe(noticeLimits.fromOnePersonMax)
})

test('[NOT-05] many people together tell one of sixty mentions in ten minutes, not of all', async () => {
  const kay = await addPerson(database, 'kay')
  const crowd = await Promise.all(
    Array.from({ length: 13 }, (_, n) => addPerson(database, `crowd_${n}`)),
  )
  for (const { userId } of crowd) {
    const from = { id: userId, name: 'Somebody' }
    for (let n = 0; n < 5; n += 1) await desk.mention(['kay'], { ...bare, kind: 'mention', from })
  }
  expect(await box.unread(kay.userId)).toBe(noticeLimits.fromAllMax)
  await desk.notify(kay.userId, { ...bare, kind: 'sanction' })
  expect(await box.unread(kay.userId)).toBe(noticeLimits.fromAllMax + 1)
})

test('[NOT-08] a notice says nothing of a line that was taken out, and again when it is back', async () => {
  const [lou, moe] = [await addPerson(database, 'lou'), await addPerson(database, 'moe')]
  const from = { id: lou.userId, name: 'Lou' }
  const entry = { seq: 7, at: 1, id: 'line', from, text: 'said' }
  await database.sql`
    insert into log_entries (room_id, seq, epoch, at, type, entry)
    values ('live_said', 7, 1, now(), 'chat.posted', ${JSON.stringify(entry)}::jsonb)`
  const line = { streamId: 'said', seq: 7 }
  await desk.notify(moe.userId, { ...bare, kind: 'reply', from, text: 'said', line })
  const readings = async () => [
    ...(await textsOf(moe.userId)),
    ...[...(await box.after(moe.userId, 0, 9)), ...(await box.tail(moe.userId, 9))].map(
      ({ notice }) => notice.text,
    ),
  ]
  expect(await readings()).toEqual(['said', 'said', 'said'])
  await database.sql`
    update log_entries set entry = entry || '{"text": "", "removed": "moderator"}'
    where room_id = 'live_said'`
  expect(await readings()).toEqual([null, null, null])
  await database.sql`
    update log_entries set entry = ${JSON.stringify(entry)}::jsonb where room_id = 'live_said'`
  expect(await readings()).toEqual(['said', 'said', 'said'])
})

test('[NOT-06] open rooms hear what is posted and read; many are told in bounded statements', async () => {
  const kim = await addPerson(database, 'kim')
  const heard: unknown[] = []
  const stop = box.subscribe(kim.userId, (signal) => heard.push(signal))
  await new Promise((resolve) => setImmediate(resolve))
  const strangers = Array.from({ length: 1_200 }, () => realWorld.newId())
  await desk.notifyAll([...strangers, kim.userId, kim.userId, 'no id'], bare)
  await box.read(kim.userId)
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toEqual([{ kind: 'posted' }, { kind: 'read', id: null, at: expect.any(Number) }])
  stop()
  await new Promise((resolve) => setImmediate(resolve))
  await desk.notify(kim.userId, bare)
  expect(heard).toHaveLength(2)
})

test('[NOT-07] text that PostgreSQL would not take is mended, and long text is cut', async () => {
  const lea = await addPerson(database, 'lea')
  await desk.notify(lea.userId, { ...bare, text: 'a\0b\ud800c' })
  await desk.notify(lea.userId, { ...bare, text: 'x'.repeat(5_000) })
  const [long, odd] = await textsOf(lea.userId)
  expect(odd).toBe('a\ufffdb\ufffdc')
  expect(long).toHaveLength(noticeLimits.textCharsMax)
})

test('[ME-02] an account that is suspended or gone has no room', async () => {
  const max = await addPerson(database, 'max', { isSuspended: true })
  expect(await box.open(max.userId)).toBeNull()
  expect(await box.open(realWorld.newId())).toBeNull()
  expect(await box.open('nonsense')).toBeNull()
})

test('[NOT-03] upkeep goes on until nothing old is left, outlives a failure and ends when told', async () => {
  const { log, lines } = recordingLog()
  const left = [deskLimits.forgottenAtOnceMax, deskLimits.forgottenAtOnceMax, 7]
  const counts: number[] = []
  const stop = keepNoticesTidy(
    {
      async forgetOld() {
        const count = left.shift()
        if (count === undefined) throw new Error('no database')
        counts.push(count)
        return count
      },
    },
    log,
  )
  await stop()
  // Told to stop, it begins no further round.
  expect(counts).toHaveLength(1)
  left.length = 0
  await keepNoticesTidy({ forgetOld: () => Promise.reject(new Error('no database')) }, log)()
  expect(lines.map(({ text }) => text)).toEqual(['could not forget old notices'])
})
