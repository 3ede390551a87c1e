/**
 * A stream over several processes while these die, stop, sleep and lose their Redis: what was
 * acknowledged is there once, in the same order for everybody (trust R2, R3, R4, R6, R9).
 */
import { expect, test, vi } from 'vitest'
import { demandRedis, hasRedis } from '../../server/src/platform/testing/private-redis.ts'
import { dice } from './testing/dice.ts'
import { alive, openFaultScene, type FaultScene } from './testing/fault-scene.ts'

demandRedis()

const isLong = process.env.ODEON_FAULTS === 'long'
const [guestsCount, trials] = isLong ? [30, 20] : [8, 1]
/** How long Redis is away, one trial after the other. */
const outagesMs = isLong ? [4_000, 25_000, 60_000] : [4_000]
const stallMs = 6_000
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const promised = { timeout: 10_000, interval: 50 }

type Fault = (scene: FaultScene, trial: number) => Promise<void>

/** One after the other is told to stop, and another begins in its place. */
const rollingRestart: Fault = async ({ house, spoken }) => {
  for (const one of alive(house)) {
    await house.add()
    one.kill('SIGTERM')
    expect(await one.ended).toBe(0)
  }
  await spoken()
}

/** The writer's first, so that it is killed in the middle of a stream and not as a successor. */
const killEach: Fault = async ({ house, writer, spoken }) => {
  const first = await writer()
  const inTurn = [first, ...alive(house).filter((one) => one !== first)]
  for (const one of inTurn) {
    await house.add()
    one.kill('SIGKILL')
    expect(await one.ended).toBe('SIGKILL')
    await spoken()
  }
}

const stall: Fault = async ({ writer, spoken }) => {
  const one = await writer()
  one.freeze()
  const thawed = wait(stallMs)
  await expect(one.ask('/health', { withinMs: 500 }), 'it stands still').rejects.toThrow()
  await thawed
  one.thaw()
  await spoken()
  expect((await writer()).address).not.toBe(one.address)
}

const redisAway: Fault = async ({ house, spoken }, trial) => {
  const over = wait(outagesMs[trial % outagesMs.length] as number)
  await house.redis.stop()
  await vi.waitFor(async () => {
    for (const one of alive(house)) expect((await one.ask('/ready')).status).toBe(503)
  }, promised)
  await over
  await house.redis.start()
  await vi.waitFor(async () => {
    for (const one of alive(house)) expect((await one.ask('/ready')).status).toBe(200)
  }, promised)
  await spoken()
}

const faults: Record<string, Fault> = {
  '[FLT-01] every process is restarted in turn': rollingRestart,
  '[FLT-02] every process is killed in turn': killEach,
  '[FLT-03] the process of the writer sleeps for six seconds': stall,
  '[FLT-04] Redis is lost and comes back empty': redisAway,
}

for (const [name, fault] of Object.entries(faults)) {
  test.runIf(hasRedis)(
    `${name}: nothing acknowledged is lost or doubled`,
    { timeout: trials * 150_000 },
    async () => {
      const random = dice()
      process.stdout.write(`  faults with ODEON_SEED=${random.seed}\n`)
      const scene = await openFaultScene(guestsCount)
      for (let trial = 0; trial < trials; trial += 1) {
        const talks = scene.talk()
        await scene.spoken()
        await wait(random.within([0, 1_000]))
        await fault(scene, trial)
        await talks.end()
        await expectOneLog(scene, `trial ${trial + 1}`)
      }
      await scene.leave()
    },
  )
}

/** Everybody heard what anybody was told is posted, once, in one order, and of no gap. */
async function expectOneLog({ guests }: FaultScene, because: string): Promise<void> {
  const gaps = guests.flatMap((guest) => guest.gaps.map((gap) => [guest.name, gap]))
  expect(gaps, because).toEqual([])
  const posted = guests.flatMap((guest) => guest.posted)
  await vi.waitFor(
    () => {
      for (const { heard, name } of guests) {
        const known = new Set(heard.map(({ text }) => text))
        const missing = posted.filter((text) => !known.has(text))
        expect(missing, `${because}, ${name} has heard ${heard.length}`).toEqual([])
      }
    },
    { timeout: 60_000, interval: 250 },
  )
  const maybe = new Set([...posted, ...guests.flatMap(({ unknown }) => unknown)])
  const [first, ...others] = guests.map(({ heard }) => heard.map(({ seq, text }) => [seq, text]))
  expect(new Set(first?.map(([, text]) => text)).size, because).toBe(first?.length)
  expect(
    first?.filter(([, text]) => !maybe.has(String(text))),
    because,
  ).toEqual([])
  for (const log of others) expect(log, because).toEqual(first)
}
