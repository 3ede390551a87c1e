/** Battles kept in memory, over the gifts of `MemoryGifts`: one record at a time, all are told. */
import type {
  BattleAnswered,
  BattleDesk,
  BattleEars,
  BattleProposal,
  BattleScore,
  SidePoints,
} from '../battles/battle-desk.ts'
import { type BattleRecord, phaseOf } from '../battles/battle-record.ts'
import { type BattleAsk, decideBattle } from '../battles/decide-battle.ts'
import { openBattle } from '../battles/open-battle.ts'
import { pointsOfGift, pointsOfReactions, type SideSum } from '../battles/score.ts'
import type { StreamFacts, World } from '../ports.ts'
import type { MemoryGifts } from './memory-gifts.ts'

export class MemoryBattles implements BattleDesk {
  readonly records = new Map<string, BattleRecord>()
  readonly reactions = new Map<string, number>()
  /** True: nobody is told of anything, as when messages are lost. */
  isDeaf = false
  readonly #ears = new Map<string, Set<BattleEars>>()
  readonly #world: World
  readonly #gifts: Pick<MemoryGifts, 'receipts'>
  readonly #find: (streamId: string) => StreamFacts | undefined

  constructor(
    world: World,
    gifts: Pick<MemoryGifts, 'receipts'>,
    find: (streamId: string) => StreamFacts | undefined,
  ) {
    this.#world = world
    this.#gifts = gifts
    this.#find = find
  }

  async propose(proposal: BattleProposal): Promise<BattleAnswered> {
    const ids = [proposal.by, ...proposal.rivals]
    const streams = ids.map((id) => this.#find(id)).filter((one) => one?.phase === 'live')
    if (streams.length < ids.length) return { refused: 'unknown_rival' }
    if (streams.some((one) => one?.medium === 'audio')) return { refused: 'not_for_voices' }
    const now = this.#world.now()
    const isBusy = [...this.records.values()].some(
      (one) =>
        one.outcome === null &&
        phaseOf(one, now).phase !== 'none' &&
        one.sides.some(({ streamId }) => ids.includes(streamId)),
    )
    if (isBusy) return { refused: 'battle_busy' }
    const id = this.#world.newId()
    const battle = openBattle({ id, now, proposal, streams: streams as StreamFacts[] })
    this.#keep(battle)
    return { battle }
  }

  async change(battleId: string, ask: BattleAsk): Promise<BattleAnswered> {
    const battle = this.records.get(battleId)
    if (battle === undefined) return { refused: 'no_battle' }
    const sums = battle.sides.map(({ streamId }) => this.#sumOf(battle, streamId))
    const heads = Object.fromEntries(
      battle.sides.map(({ streamId }) => [streamId, this.#of(streamId).length]),
    )
    const decided = decideBattle(battle, ask, { now: this.#world.now(), sums, heads })
    if ('refused' in decided) return decided
    if (decided.version > battle.version) this.#keep(decided)
    return { battle: decided }
  }

  async of(streamId: string): Promise<BattleRecord | null> {
    const all = [...this.records.values()].filter((one) =>
      one.sides.some((side) => side.streamId === streamId),
    )
    return all.at(-1) ?? null
  }

  async points(battle: BattleRecord): Promise<SidePoints[]> {
    return battle.sides.map(({ streamId }) => {
      const { points } = this.#sumOf(battle, streamId)
      const reactions = this.reactions.get(`${battle.id} ${streamId}`) ?? 0
      const giftPoints = points - pointsOfReactions(battle, reactions)
      return { streamId, giftPoints, toN: this.#of(streamId).length, reactions, points }
    })
  }

  async reacted(battleId: string, streamId: string, reactions: number): Promise<void> {
    const key = `${battleId} ${streamId}`
    this.reactions.set(key, Math.max(reactions, this.reactions.get(key) ?? 0))
  }

  tell({ sides }: BattleRecord, score: BattleScore): void {
    if (this.isDeaf) return
    for (const { streamId } of sides) {
      if (streamId === score.streamId) continue
      for (const ears of this.#ears.get(streamId) ?? []) ears.scored(score)
    }
  }

  watch(streamId: string, ears: BattleEars): () => void {
    const all = this.#ears.get(streamId) ?? new Set()
    this.#ears.set(streamId, all.add(ears))
    return () => void all.delete(ears)
  }

  #keep(battle: BattleRecord): void {
    this.records.set(battle.id, battle)
    if (this.isDeaf) return
    for (const { streamId } of battle.sides) {
      for (const ears of this.#ears.get(streamId) ?? []) queueMicrotask(() => ears.changed(battle))
    }
  }

  #sumOf(battle: BattleRecord, streamId: string): SideSum {
    const counted = this.#of(streamId).filter((one) => pointsOfGift(battle, streamId, one) > 0)
    const reactions = this.reactions.get(`${battle.id} ${streamId}`) ?? 0
    const gifts = counted.reduce((sum, one) => sum + pointsOfGift(battle, streamId, one), 0)
    const since = battle.boosts.at(-1)?.at ?? 0
    const late = counted.filter(({ askedAt }) => askedAt >= since)
    return {
      streamId,
      points: gifts + pointsOfReactions(battle, reactions),
      gifts: late.length,
      people: new Set(late.map(({ from }) => from.id)).size,
    }
  }

  #of(streamId: string) {
    return this.#gifts.receipts.get(streamId) ?? []
  }
}
