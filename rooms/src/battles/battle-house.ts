/**
 * A room's part in a battle: it follows the record, shows it to its audience, counts its own side,
 * and does what is due. Any room of the battle may do that, so none is needed for it.
 */
import { DelayAlarm } from '../chat/delay-alarm.ts'
import type { BattleAnswered, BattleScore } from './battle-desk.ts'
import type { BattleHouseParts } from './battle-house-parts.ts'
import { movesOf } from './battle-moves.ts'
import { type BattleRecord, nextChange, phaseOf, sideOf } from './battle-record.ts'
import { type BattleAsk, isDue } from './decide-battle.ts'
import type { BattlePhase } from './protocol.ts'
import { ScoreTeller } from './score-teller.ts'
import { showBattle } from './show-battle.ts'
import { type NumberedGift, SideCount } from './side-count.ts'

/** What a successor goes on with. */
interface Kept {
  battle: BattleRecord
  /** Reactions of the room when scoring began; -1 before. */
  reactionsFrom: number
}

/** The others are told of points at most so often. */
const tellEveryMs = 200
/** While a battle is under way its record is looked at so often: a word may be lost. */
const lookEveryMs = 2_000
/** Otherwise, for an invitation that nobody heard of. */
const lookIdleMs = 15_000

export class BattleHouse {
  readonly #parts: BattleHouseParts
  readonly #changed: () => void
  readonly #count = new SideCount()
  readonly #others = new Map<string, BattleScore>()
  readonly #alarm: DelayAlarm
  readonly #unwatch: () => void
  #battle: BattleRecord | undefined
  #reactionsFrom = -1
  #reactionsTold = 0
  #lookAt = 0
  readonly #teller: ScoreTeller
  #counting = Promise.resolve()
  /** The ledger was not read to the end. */
  #mustCount = false
  #isCounting = false

  constructor(parts: BattleHouseParts) {
    this.#parts = parts
    const { memory, desk, streamId, now } = parts
    const kept = memory.keep<Kept | null>('battle', () => this.#kept())
    this.#changed = kept.changed
    this.#battle = kept.before?.battle
    this.#reactionsFrom = kept.before?.reactionsFrom ?? -1
    this.#alarm = new DelayAlarm({
      now,
      nextAt: () => this.#battle && nextChange(this.#battle, now()),
      ring: () => this.#pass(),
      failed: (cause) => {
        const error = new Error('a battle could not be shown', { cause })
        parts.aside(Promise.reject(error), 'a battle did not go on')
      },
    })
    this.#teller = new ScoreTeller({
      everyMs: tellEveryMs,
      now,
      send: (points) => this.#tell(points),
    })
    this.#unwatch = desk.watch(streamId, {
      changed: (battle) => this.take(battle),
      scored: (score) => this.#heard(score),
    })
    if (this.#battle !== undefined) this.#recount()
    parts.aside(this.#look(), 'battles were not looked for')
  }

  get battle(): BattleRecord | undefined {
    return this.#battle
  }

  get phase(): BattlePhase {
    return this.#battle ? phaseOf(this.#battle, this.#parts.now()).phase : 'none'
  }

  /** Audiences of the others may look in. */
  get isShared(): boolean {
    return this.phase !== 'none' && this.phase !== 'invited'
  }

  /** A record as it was kept; one that is not newer than what is known changes nothing. */
  take(battle: BattleRecord): void {
    const known = this.#battle
    const isSame = known?.id === battle.id
    if (isSame ? battle.version <= known.version : battle.invitedAt < (known?.invitedAt ?? 0))
      return
    if (this.#parts.isCutOff()) return
    if (!isSame && phaseOf(battle, this.#parts.now()).phase === 'none') return
    if (!isSame) this.#begin()
    this.#battle = battle
    for (const move of movesOf(isSame ? known : undefined, battle)) {
      this.#parts.announce('battle.moved', move)
    }
    this.#changed()
    if (battle.startsAt > 0 && battle.outcome === null) this.#recount()
    this.#pass()
  }

  /** A gift of this room was told. */
  gift(gift: NumberedGift): void {
    const { streamId } = this.#parts
    if (!this.#battle || this.#battle.startsAt === 0 || this.#battle.outcome !== null) return
    this.#count.add(this.#battle, streamId, gift)
    this.#show()
  }

  /** The record behind the answer is shown before the asker hears of it. */
  async ask(battleId: string, ask: BattleAsk): Promise<BattleAnswered> {
    const answered = await this.#parts.desk.change(battleId, ask)
    if ('battle' in answered) this.take(answered.battle)
    return answered
  }

  /** About once a second. */
  beat(now: number): void {
    const { aside, isCutOff } = this.#parts
    if (isCutOff()) return
    const isUnderWay = this.#isUnderWay()
    if (now >= this.#lookAt) {
      this.#lookAt = now + (isUnderWay ? lookEveryMs : lookIdleMs)
      aside(this.#look(), 'battles were not looked for')
    }
    if (!isUnderWay) return this.#pass()
    if (this.#mustCount && !this.#isCounting) this.#recount()
    this.#countReactions(now)
    this.#watchHost()
    this.#pass()
  }

  /** The stream is over: so is its part in a battle. */
  leave(): void {
    const { streamId } = this.#parts
    if (!this.#battle || !this.#isUnderWay()) return
    const hasBegun = this.#battle.startsAt > 0
    this.#say({ do: hasBegun ? 'forfeit' : 'reject', streamId })
  }

  stop(): void {
    this.#alarm.stop()
    this.#teller.clear()
    this.#unwatch()
  }

  #begin(): void {
    this.#count.clear()
    this.#others.clear()
    this.#reactionsFrom = -1
    this.#reactionsTold = 0
    this.#teller.clear()
  }

  #kept(): Kept | null {
    const battle = this.#battle
    return battle ? { battle, reactionsFrom: this.#reactionsFrom } : null
  }

  #isUnderWay(): boolean {
    const { phase } = this
    return phase !== 'none' && phase !== 'victory' && phase !== 'terms'
  }

  async #look(): Promise<void> {
    const { desk, streamId } = this.#parts
    const battle = await desk.of(streamId)
    if (battle !== null) this.take(battle)
  }

  /** Shows what the clock made of it, and does what is due. */
  #pass(): void {
    const { now, aside, isCutOff } = this.#parts
    const isOver = this.phase === 'none' && this.#parts.state.phase === 'none'
    // An invitation that nobody answered is to be called off still.
    if (this.#battle === undefined || (isOver && this.#battle.outcome !== null)) return
    if (this.phase === 'scoring' && this.#reactionsFrom < 0) {
      this.#reactionsFrom = this.#parts.reactions()
      this.#changed()
    }
    this.#show()
    this.#alarm.set()
    if (isCutOff() || !isDue(this.#battle, now())) return
    aside(this.#tend(this.#battle), 'a battle did not go on')
  }

  /** Reactions of the last second belong to what is settled. */
  async #tend({ id, startsAt, endsAt }: BattleRecord): Promise<void> {
    const { now } = this.#parts
    if (startsAt > 0 && now() >= endsAt) await this.#writeReactions()
    await this.ask(id, { do: 'tend' })
  }

  #show(): void {
    const battle = this.#battle
    if (battle === undefined) return
    const { state, streamId, now, touch, parted } = this.#parts
    const was = state.phase
    showBattle(state, { battle, streamId, now: now(), pointsOf: (id) => this.#pointsOf(id) })
    touch()
    if (was !== 'none' && state.phase === 'none') parted()
    const isCounting = battle.startsAt > 0 && battle.outcome === null
    if (isCounting) this.#teller.say(this.#count.points(battle))
  }

  #pointsOf(streamId: string): number {
    if (streamId === this.#parts.streamId && this.#battle) return this.#count.points(this.#battle)
    return this.#others.get(streamId)?.points ?? 0
  }

  #recount(): void {
    const { aside } = this.#parts
    const count = async () => {
      const battle = this.#battle
      if (battle === undefined) return
      const { desk, streamId } = this.#parts
      this.#count.begin()
      this.#mustCount = true
      const sums = await desk.points(battle)
      this.#mustCount = false
      if (this.#battle?.id !== battle.id) return
      for (const { streamId: id, giftPoints: gifts, points, toN, reactions } of sums) {
        if (id !== streamId) {
          const at = this.#others.get(id)?.at ?? 0
          // What that room says itself is newer.
          if (at === 0) this.#others.set(id, { battleId: battle.id, streamId: id, points, at })
          continue
        }
        this.#count.reactions = Math.max(this.#count.reactions, reactions)
        this.#count.finish(this.#battle, streamId, { gifts, toN })
      }
      this.#show()
    }
    this.#isCounting = true
    this.#counting = this.#counting.then(count, count).finally(() => {
      this.#isCounting = false
    })
    aside(this.#counting, 'the points of a battle were not counted')
  }

  #heard(score: BattleScore): void {
    const battle = this.#battle
    if (battle?.id !== score.battleId || sideOf(battle, score.streamId) === undefined) return
    if (score.at < (this.#others.get(score.streamId)?.at ?? 0)) return
    this.#others.set(score.streamId, score)
    if (battle.outcome === null) this.#show()
  }

  #tell(points: number): void {
    const { desk, streamId, now } = this.#parts
    const battle = this.#battle
    if (battle) desk.tell(battle, { battleId: battle.id, streamId, points, at: now() })
  }

  #countReactions(now: number): void {
    const battle = this.#battle
    // What came behind the bell does not count, so the last count is the one before it.
    if (battle === undefined || this.#reactionsFrom < 0 || now >= battle.endsAt) return
    const counted = this.#parts.reactions() - this.#reactionsFrom
    if (counted <= this.#count.reactions) return
    this.#count.reactions = counted
    this.#parts.aside(this.#writeReactions(), 'reactions of a battle were not kept')
  }

  async #writeReactions(): Promise<void> {
    const { desk, streamId } = this.#parts
    const { reactions } = this.#count
    if (this.#battle === undefined || reactions <= this.#reactionsTold) return
    await desk.reacted(this.#battle.id, streamId, reactions)
    this.#reactionsTold = reactions
  }

  /** That the host is away, and back, is everybody's to see. */
  #watchHost(): void {
    const { streamId, hostAwayUntil, isLive } = this.#parts
    const side = this.#battle && sideOf(this.#battle, streamId)
    if (!this.#battle || side === undefined || side.forfeitedAt > 0) return
    if (!isLive()) return this.leave()
    const until = hostAwayUntil()
    if (until > 0 && side.awayUntil === 0) this.#say({ do: 'away', streamId, until })
    if (until === 0 && side.awayUntil > 0) this.#say({ do: 'back', streamId })
  }

  #say(ask: BattleAsk): void {
    if (this.#battle === undefined) return
    const said = this.ask(this.#battle.id, ask).then(() => undefined)
    this.#parts.aside(said, 'a battle was not told of its room')
  }
}
