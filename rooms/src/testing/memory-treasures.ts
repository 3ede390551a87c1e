/** Treasure boxes over plain numbers: drawn as the real ones are, paid and given back once. */
import { commitmentOf } from '../draw/protocol.ts'
import type { World } from '../ports.ts'
import { decideClaims } from '../treasure/decide-claims.ts'
import { type Claimer, drawBox, rulesOf, ticketOfClaimer } from '../treasure/draw-box.ts'
import { treasureLimits, type TreasureRefusalCode } from '../treasure/protocol.ts'
import type {
  ClaimOutcome,
  KnownClaim,
  TreasureClaiming,
  TreasureDesk,
  TreasureFunding,
} from '../treasure/treasure-desk.ts'
import { drawnFrom, type TreasureRecord, treasurePhaseOf } from '../treasure/treasure-record.ts'

const dayMs = 24 * 60 * 60_000

export class MemoryTreasures implements TreasureDesk {
  readonly boxes = new Map<string, TreasureRecord>()
  readonly claimers = new Map<string, (Claimer & { luck: string })[]>()
  readonly balances: Map<string, number>
  /** What is waited for before anything is changed, and behind it: to hold or to fail it. */
  before: () => Promise<void> = () => Promise.resolve()
  behind: () => Promise<void> = () => Promise.resolve()
  readonly #world: Pick<World, 'now' | 'newId'>
  readonly #seeds = new Map<string, string>()
  readonly #asked = new Map<string, string>()

  constructor(world: Pick<World, 'now' | 'newId'>, balances = new Map<string, number>()) {
    this.#world = world
    this.balances = balances
  }

  async fund(ask: TreasureFunding): ReturnType<TreasureDesk['fund']> {
    await this.before()
    const { id: userId } = ask.funder
    const key = `${userId} ${ask.id}`
    const known = this.boxes.get(this.#asked.get(key) ?? '')
    const box = known ?? (await this.#open(ask))
    if ('refused' in box) return box
    this.#asked.set(key, box.id)
    await this.behind()
    return { box, balanceCoins: this.#coinsOf(userId) }
  }

  async claim(ask: TreasureClaiming): ReturnType<TreasureDesk['claim']> {
    await this.before()
    const { by, luck } = ask
    const ticket = await ticketOfClaimer(ask.boxId, { id: by.id, luck })
    const box = this.boxes.get(ask.boxId)
    if (box === undefined) return { refused: 'no_box' }
    const claimers = this.#claimersOf(box.id)
    const known = new Map(claimers.map(({ id, luck }) => [id, luck]))
    const isDrawn = box.outcome !== null
    const [decided] = decideClaims({ box: { ...box, claims: claimers.length }, isDrawn }, known, [
      ask,
    ])
    if (decided === undefined || 'refused' in decided) return decided ?? { refused: 'no_box' }
    if (decided.isNew) claimers.push({ ...by, luck, ticket })
    this.boxes.set(box.id, { ...box, claims: claimers.length })
    await this.behind()
    return { ticket, claims: decided.claims, endsAt: box.endsAt }
  }

  async claimed({ boxId, by, luck }: KnownClaim): Promise<ClaimOutcome | null> {
    const { endsAt, claims } = this.boxes.get(boxId) ?? {}
    const mine = this.claimers.get(boxId)?.find(({ id }) => id === by.id)
    if (mine === undefined || endsAt === undefined || claims === undefined) return null
    if (mine.luck !== luck) return { refused: 'already_claimed' }
    return { ticket: mine.ticket, claims, endsAt }
  }

  async close(boxId: string): Promise<TreasureRecord | null> {
    const box = this.boxes.get(boxId)
    if (box === undefined) return null
    const closedAt = box.closedAt ?? this.#world.now()
    if (box.outcome === null) this.boxes.set(boxId, { ...box, closedAt })
    return this.boxes.get(boxId) ?? null
  }

  async settle(boxId: string): Promise<TreasureRecord | null> {
    await this.before()
    const box = this.boxes.get(boxId)
    const at = this.#world.now()
    if (box === undefined || box.outcome !== null || at < drawnFrom(box)) return box ?? null
    const claimers = this.#claimersOf(boxId)
    const seed = this.#seeds.get(boxId) as string
    const outcome = await drawBox(box, { seed, claimers, at })
    // Whoever asked at the same time was first.
    if (this.boxes.get(boxId)?.outcome === null) {
      this.boxes.set(boxId, { ...box, claims: claimers.length, outcome })
      for (const { id, coins } of outcome.lucky) this.#move(id, coins)
      this.#move(box.funder.id, outcome.returnedCoins)
    }
    await this.behind()
    return this.boxes.get(boxId) ?? null
  }

  async of(streamId: string): Promise<TreasureRecord | null> {
    return [...this.boxes.values()].findLast((box) => box.streamId === streamId) ?? null
  }

  async #open(ask: TreasureFunding): Promise<TreasureRecord | { refused: TreasureRefusalCode }> {
    const { streamId, funder, coins, shares, opensInMs, openMs } = ask
    if (!ask.isLive) return { refused: 'not_live' }
    const before = await this.of(streamId)
    const now = this.#world.now()
    if (before !== null && treasurePhaseOf(before, now).phase !== 'none') {
      return { refused: 'box_there' }
    }
    if (this.#dayOf(funder.id, now) + coins > treasureLimits.coinsPerDayMax) {
      return { refused: 'box_day_limit' }
    }
    if (this.#coinsOf(funder.id) < coins) return { refused: 'insufficient_coins' }
    this.#move(funder.id, -coins)
    const fundedAt = this.#world.now()
    const opensAt = fundedAt + opensInMs
    const id = this.#world.newId()
    const what = { id, streamId, funder, coins, shares, fundedAt, opensAt }
    const rest = { closedAt: null, commitment: '', claims: 0, outcome: null }
    const box: TreasureRecord = { ...what, endsAt: opensAt + openMs, ...rest }
    const seed = `seed of ${id}`
    this.#seeds.set(id, seed)
    this.boxes.set(id, { ...box, commitment: await commitmentOf({ ...rulesOf(box) }, seed) })
    return this.boxes.get(id) as TreasureRecord
  }

  #claimersOf(boxId: string): (Claimer & { luck: string })[] {
    const known = this.claimers.get(boxId) ?? []
    this.claimers.set(boxId, known)
    return known
  }

  #dayOf(funderId: string, now: number): number {
    return [...this.boxes.values()]
      .filter(({ funder, fundedAt }) => funder.id === funderId && fundedAt > now - dayMs)
      .reduce((sum, { coins }) => sum + coins, 0)
  }

  #coinsOf(userId: string): number {
    return this.balances.get(userId) ?? 0
  }

  #move(userId: string, coins: number): void {
    this.balances.set(userId, this.#coinsOf(userId) + coins)
  }
}
