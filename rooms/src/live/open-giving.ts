/** The gifts of a live room: what the log has from before, who is thanked, what time does. */
import { GiftHouse, writeSupporters } from '../gifts/gift-house.ts'
import type { GiftDesk } from '../gifts/gift-desk.ts'
import type { Giving } from '../gifts/gift-scope.ts'
import { type GiftSent, giftLimits, type GoalChanged } from '../gifts/protocol.ts'
import type { LiveScope } from './live-scope.ts'

export interface GivingParts {
  desk: GiftDesk | undefined
  hostId: string
  /** The state is an earlier process's, and says what it told. */
  isTakenOver: boolean
}

export function openGiving(scope: LiveScope, parts: GivingParts): Giving | undefined {
  const { desk, hostId, isTakenOver } = parts
  if (desk === undefined) return undefined
  const { state, announce, present, world } = scope
  const { streamId, gifts, floor } = state
  const house = new GiftHouse({
    streamId,
    gifts,
    desk,
    announce,
    now: world.now,
    personOf: (from) => ({ ...from, role: present(from.id)?.role ?? 'viewer' }),
    heard: (receipt) => scope.battles?.house.gift(receipt),
    recall: () => (isTakenOver ? followLog(scope, desk) : recall(scope, desk)),
  })
  scope.aside(house.open(), 'what was given before was not read')
  const isHosted = () => {
    const { hostAwayUntil, leaderId } = floor
    return hostAwayUntil === 0 || hostAwayUntil > world.now() || leaderId !== ''
  }
  const beat = (now: number) => {
    if (scope.isCutOff()) return
    house.beat(now)
    if (house.isDue(now)) scope.aside(house.catchUp(), 'gifts were not looked for')
  }
  return { desk, hostId, house, isHosted, beat }
}

/** A room that opens anew shows what the ledger has, and goes on behind what its log says. */
async function recall(scope: LiveScope, desk: GiftDesk): Promise<void> {
  const { gifts, streamId } = scope.state
  const { n, coins, supporters } = await desk.standing(streamId, giftLimits.supportersShown)
  gifts.assign({ n: toldIn(scope)?.n ?? n, coins })
  writeSupporters(gifts.supporters, supporters)
}

/**
 * Who died while the journal was away may have told more than the state it left says: that is in
 * the log, and is not told again.
 */
async function followLog(scope: LiveScope, desk: GiftDesk): Promise<void> {
  const { gifts, streamId } = scope.state
  const { n: told, atGoal } = toldIn(scope) ?? { n: 0, atGoal: 0 }
  if (told <= gifts.n) return
  const [{ coins, supporters }, missed] = await Promise.all([
    desk.standing(streamId, giftLimits.supportersShown),
    desk.after(streamId, gifts.n, told - gifts.n),
  ])
  gifts.assign({ n: told, coins })
  writeSupporters(gifts.supporters, supporters)
  if (gifts.goal.targetCoins === 0) return
  for (const { n, coins: given } of missed) if (n > atGoal) gifts.goal.coins += given
}

/**
 * Numbers of the newest gift in the log and of that before the goal was set; undefined when the
 * newest may be older than what is at hand.
 */
function toldIn({ amend }: Pick<LiveScope, 'amend'>): { n: number; atGoal: number } | undefined {
  let [n, atGoal, oldest] = [0, 0, 0]
  amend(({ type, entry }) => {
    oldest ||= entry.seq
    if (type === 'gift.sent') n = (entry as unknown as GiftSent).n
    if (type === 'goal.changed' && !(entry as unknown as GoalChanged).isReached) atGoal = n
    return undefined
  })
  return n > 0 || oldest <= 1 ? { n, atGoal } : undefined
}
