/**
 * The throne: whoever gave most in the last hour sits there, until somebody gave at least a coin
 * more. Read from the ledger alone, so that a successor comes to the same (GAME-11).
 */
import type { Given } from './gift-desk.ts'
import { throneLimits } from './protocol.ts'
import type { Throne } from './state.ts'

const minuteMs = 60_000

interface Claimant {
  name: string
  /** Coins by minute since 1970. */
  minutes: Map<number, number>
  /** When they came to what they have, Unix ms. */
  at: number
}

export class ThroneRoom {
  readonly #claimants = new Map<string, Claimant>()

  give({ from, at, coins }: Given): void {
    const known = this.#claimants.get(from.id)
    const claimant = known ?? { name: from.name, minutes: new Map<number, number>(), at }
    const minute = Math.floor(at / minuteMs)
    claimant.minutes.set(minute, (claimant.minutes.get(minute) ?? 0) + coins)
    claimant.name = from.name
    claimant.at = at
    this.#claimants.set(from.id, claimant)
    if (this.#claimants.size > throneLimits.claimantsMax * 2) this.#forgetLeast(at)
  }

  /** Moves whoever may sit there; true when that is somebody else, or nobody. */
  settle(throne: Throne, now: number): boolean {
    const held = throne.id === '' ? 0 : this.coinsOf(throne.id, now)
    if (throne.id !== '' && throne.coins !== held) throne.coins = held
    const isHeld = throne.id !== '' && now - throne.since < throneLimits.heldMs
    if (isHeld) return false
    const best = this.#best(now)
    if (best !== undefined && best.id !== throne.id && best.coins > held) {
      throne.assign({ id: best.id, name: best.name, coins: best.coins, since: now })
      return true
    }
    if (throne.id === '' || held > 0) return false
    throne.assign({ id: '', name: '', coins: 0, since: now })
    return true
  }

  /** Of the last hour, to the minute. */
  coinsOf(userId: string, now: number): number {
    const claimant = this.#claimants.get(userId)
    if (claimant === undefined) return 0
    const from = Math.floor((now - throneLimits.windowMs) / minuteMs)
    let sum = 0
    for (const [minute, coins] of claimant.minutes) {
      if (minute > from) sum += coins
      else claimant.minutes.delete(minute)
    }
    if (claimant.minutes.size === 0) this.#claimants.delete(userId)
    return sum
  }

  /** Of equals whoever got there first. */
  #best(now: number): { id: string; name: string; coins: number } | undefined {
    let best: { id: string; name: string; coins: number; at: number } | undefined
    for (const [id, { name, at }] of this.#claimants) {
      const coins = this.coinsOf(id, now)
      if (coins === 0) continue
      const isMore = best === undefined || coins > best.coins
      if (isMore || (coins === best?.coins && at < best.at)) best = { id, name, coins, at }
    }
    return best
  }

  #forgetLeast(now: number): void {
    const byCoins = Array.from(this.#claimants.keys(), (id) => [id, this.coinsOf(id, now)] as const)
    byCoins.sort(([, one], [, other]) => other - one)
    for (const [id] of byCoins.slice(throneLimits.claimantsMax)) this.#claimants.delete(id)
  }
}
