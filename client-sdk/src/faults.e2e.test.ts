/**
 * A stream over several processes while these die, stop, sleep and lose their Redis: what was
 * acknowledged is there once, in the same order for everybody (trust R2, R3, R4, R6, R9).
 */
import { expect, test, vi } from 'vitest'
import { balancedFront } from '../../server/src/platform/testing/front.ts'
import { demandRedis, hasRedis } from '../../server/src/platform/testing/private-redis.ts'
import { type House, startHouse } from '../../server/src/platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../../server/src/platform/testing/test-database.ts'
import type { ChatPosted, Discontinuity, LiveConnection } from './index.ts'
import { Odeon, Refusal } from './index.ts'
import { dice } from './testing/dice.ts'
import { postedIn } from './testing/posted-in.ts'

demandRedis()

const isLong = process.env.ODEON_STORM === 'long'
const [guestsCount, trials, redisAwayMs] = isLong ? [30, 20, 25_000] : [8, 1, 4_000]
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Guest {
  name: string
  room: LiveConnection
  heard: ChatPosted[]
  gaps: Discontinuity[]
  /** Texts that were acknowledged. */
  posted: string[]
}

async function arrive(url: string, name: string, streamId: string): Promise<Guest> {
  const odeon = new Odeon(url, { commandDeadlineMs: 120_000 })
  await odeon.auth.guest({ name })
  const room = await odeon.live.join(streamId)
  const guest: Guest = { name, room, heard: [], gaps: [], posted: [] }
  room.on('chat.posted', (entry) => guest.heard.push(entry))
  room.on('discontinuity', (gap) => guest.gaps.push(gap))
  return guest
}

/** Talks until it is over; every line is said until it is acknowledged. */
async function talk({ name, room, posted }: Guest, isOver: () => boolean): Promise<void> {
  for (let n = 0; !isOver(); n += 1) {
    const text = `${name} says ${n}`
    for (;;) {
      try {
        postedIn(await room.chat.send(text))
        posted.push(text)
        break
      } catch (error) {
        if (!(error instanceof Refusal) || error.retryAfterMs === undefined) throw error
        await wait(error.retryAfterMs)
      }
    }
    await wait(400)
  }
}

const alive = (house: House) => house.processes.filter(({ isEnded }) => !isEnded())

type Fault = (house: House) => Promise<void>

/** One after the other is told to stop, and another begins in its place. */
const rollingRestart: Fault = async (house) => {
  for (const one of alive(house)) {
    await house.add()
    one.kill('SIGTERM')
    expect(await one.ended).toBe(0)
  }
}

const killEach: Fault = async (house) => {
  for (const one of alive(house)) {
    await house.add()
    one.kill('SIGKILL')
    expect(await one.ended).toBe('SIGKILL')
    await wait(4_000)
  }
}

const stall: Fault = async (house) => {
  const [one] = alive(house)
  one?.freeze()
  await wait(6_000)
  one?.thaw()
  await wait(2_000)
}

const redisAway: Fault = async ({ redis }) => {
  await redis.stop()
  await wait(redisAwayMs)
  await redis.start()
  await wait(6_000)
}

const faults: Record<string, Fault> = {
  '[FLT-01] every process is restarted in turn': rollingRestart,
  '[FLT-02] every process is killed in turn': killEach,
  '[FLT-03] the process of the writer sleeps for six seconds': stall,
  '[FLT-04] Redis is lost and comes back empty': redisAway,
}

for (const [name, fault] of Object.entries(faults)) {
  for (let trial = 1; trial <= trials; trial += 1) {
    test.runIf(hasRedis)(
      `${name}: nothing acknowledged is lost or doubled (${trial})`,
      { timeout: 400_000 },
      () => withFault(fault),
    )
  }
}

async function withFault(fault: Fault): Promise<void> {
  const random = dice()
  process.stdout.write(`  faults with ODEON_SEED=${random.seed}\n`)
  const databaseUrl = await testDatabaseUrl()
  const settings = { RELAY_FROM_VIEWERS: '0', LOG_LEVEL: 'error' }
  const house = await startHouse({ databaseUrl, processes: 3, settings })
  const url = await balancedFront(() => alive(house).map((one) => one.url))
  const owner = new Odeon(url)
  await owner.auth.register({
    username: 'faults_host',
    email: 'faults@odeon.test',
    password: 'correct horse battery',
  })
  const stream = await owner.streams.create({ title: 'Faults' })
  const host = await owner.live.join(stream.id)
  await host.start()
  const guests: Guest[] = []
  for (let n = 1; n <= guestsCount; n += 1) guests.push(await arrive(url, `g${n}`, stream.id))

  let isOver = false
  const talks = guests.map((guest) => talk(guest, () => isOver))
  await wait(random.within([500, 1_500]))
  await fault(house)
  await wait(1_500)
  isOver = true
  await Promise.all(talks)

  const posted = guests.flatMap((guest) => guest.posted)
  expect(posted.length).toBeGreaterThan(guestsCount * 4)
  await vi.waitFor(
    () => {
      for (const { heard } of guests) {
        expect(new Set(heard.map(({ text }) => text))).toEqual(new Set(posted))
      }
    },
    { timeout: 60_000, interval: 250 },
  )
  const [first] = guests as [Guest]
  const log = first.heard.map(({ seq, text }) => `${seq} ${text}`)
  expect(log).toHaveLength(posted.length)
  for (const { heard, gaps, name } of guests) {
    expect(gaps, name).toEqual([])
    expect(
      heard.map(({ seq, text }) => `${seq} ${text}`),
      name,
    ).toEqual(log)
  }
  await Promise.all([host.leave(), ...guests.map(({ room }) => room.leave())])
}
