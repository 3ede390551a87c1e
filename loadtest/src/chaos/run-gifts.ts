/** One run of chaos: gifts, a battle, five parts that die and come back, then the books. */
import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../load/seeded.ts'
import { openBooks } from '../odeon/books.ts'
import { type BrokenHouse, openBrokenHouse } from './broken-house.ts'
import { type Company, gather } from './company.ts'
import { type AskedGift, give } from './givers.ts'
import { type Evidence, type Finding, judge } from './judge.ts'
import type { ChaosPlan } from './plan.ts'
import { type Death, strike } from './strike.ts'

export interface ChaosResult {
  findings: Finding[]
  deaths: Death[]
  /** Parts that were to die and did not. */
  spared: string[]
  asked: readonly AskedGift[]
  seconds: number
}

type Books = Awaited<ReturnType<typeof openBooks>>

const streams = 4
const coinsEach = 10_000_000
/** Until the last gift is answered, everything serves and everybody is told, behind the strikes. */
const settleMs = 90_000
const lookMs = 500

export async function runGifts(plan: ChaosPlan, say: (line: string) => void): Promise<ChaosResult> {
  say(`Opening a house of two processes, a worker, PostgreSQL and Redis. Seed ${plan.seed}.`)
  const house = await openBrokenHouse()
  try {
    const books = await openBooks(house.databaseUrl)
    try {
      return await inHouse({ plan, say, house, books })
    } finally {
      await books.close()
    }
  } finally {
    await house.stop()
  }
}

async function inHouse(scene: {
  plan: ChaosPlan
  say: (line: string) => void
  house: BrokenHouse
  books: Books
}): Promise<ChaosResult> {
  const { plan, say, house, books } = scene
  say(`Signing up ${plan.clients} people …`)
  const company = await gather(house.url, plan.clients, streams)
  await books.topUp(
    company.givers.map(({ userId }) => userId),
    coinsEach,
  )
  await beginBattle(company, plan.seconds)
  say(`${plan.rate} gifts/s for ${plan.seconds} s, while everything is killed:`)
  const untilMs = performance.now() + plan.seconds * 1_000
  const [asked, deaths, looks] = await Promise.all([
    give({
      givers: company.givers,
      rate: plan.rate,
      untilMs,
      giveUpAtMs: untilMs + settleMs,
      random: seeded(plan.seed + 1),
    }),
    strike({ victims: house.victims, seed: plan.seed, untilMs, say }),
    look(books, untilMs),
  ])
  say('Everything serves again; waiting until all is told.')
  const evidence = await settled({ books, company, asked, looks })
  await company.leave()
  const died = new Set(deaths.map(({ victim }) => victim))
  const spared = house.victims.map(({ name }) => name).filter((name) => !died.has(name))
  return { findings: judge(evidence), deaths, spared, asked, seconds: plan.seconds }
}

/** What all accounts sum to while coins move; while PostgreSQL is away nobody can look. */
async function look(books: Books, untilMs: number): Promise<number[]> {
  const sums: number[] = []
  while (performance.now() < untilMs) {
    const seen = await books.sum().catch(() => undefined)
    if (seen !== undefined) sums.push(seen.sum)
    await sleep(lookMs)
  }
  return sums
}

/** Of the first two streams, so long that its bell rings while gifts come. */
async function beginBattle({ stages }: Company, seconds: number): Promise<void> {
  const [one, other] = stages
  if (one === undefined || other === undefined) throw new Error('a battle needs two streams')
  const minutes = Math.max(1, Math.floor(seconds / 60))
  await one.room.battles.invite({ rivals: [other.streamId], minutes })
  await until(() => other.room.state.battle?.phase === 'invited')
  await other.room.battles.accept()
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const giveUpAt = performance.now() + settleMs
  while (performance.now() < giveUpAt) {
    if (await isSo()) return true
    await sleep(lookMs)
  }
  return false
}

/** Reads the books again until they agree or the time is over; what is wrong stays wrong. */
async function settled(scene: {
  books: Books
  company: Company
  asked: readonly AskedGift[]
  looks: readonly number[]
}): Promise<Evidence> {
  let evidence = await gathered(scene)
  await until(async () => {
    evidence = await gathered(scene)
    return judge(evidence).every(({ holds }) => holds)
  })
  return evidence
}

async function gathered({
  books,
  company: { stages, own },
  asked,
  looks,
}: {
  books: Books
  company: Company
  asked: readonly AskedGift[]
  looks: readonly number[]
}): Promise<Evidence> {
  const [report, booked, combos, coins, battle] = await Promise.all([
    books.verify(),
    books.gifts(),
    books.combos(),
    books.coins([...own.keys()]),
    books.battle(stages[0]?.streamId ?? ''),
  ])
  const logged: Record<string, number[]> = {}
  for (const { streamId } of stages) logged[streamId] = await books.logged(streamId)
  return {
    asked,
    looks,
    booked,
    combos,
    coins,
    battle,
    toldCoins: Object.fromEntries([...own].map(([id, { state }]) => [id, state.wallet?.coin ?? 0])),
    ledgerFaults: report.faults,
    waiting: report.waiting,
    logged,
    heard: Object.fromEntries(stages.map(({ streamId, heard }) => [streamId, heard])),
    shown: stages.flatMap(({ decided }) => decided ?? []),
  }
}
