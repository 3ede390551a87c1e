/** The gifts of a live room: what the log has from before, who is thanked, what time does. */
import { GiftHouse, writeSupporters } from '../gifts/gift-house.ts'
import type { GiftDesk } from '../gifts/gift-desk.ts'
import type { Giving } from '../gifts/gift-scope.ts'
import { type GiftSent, giftLimits } from '../gifts/protocol.ts'
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
  gifts.assign({ n: lastTold(scope) ?? n, coins })
  writeSupporters(gifts.supporters, supporters)
}

/**
 * Who died while the journal was away may have told more than the state it left says: that is in
 * the log, and is not told again.
 */
async function followLog(scope: LiveScope, desk: GiftDesk): Promise<void> {
  const { gifts, streamId } = scope.state
  const told = lastTold(scope) ?? 0
  if (told <= gifts.n) return
  const [{ coins, supporters }, missed] = await Promise.all([
    desk.standing(streamId, giftLimits.supportersShown),
    desk.after(streamId, gifts.n, told - gifts.n),
  ])
  gifts.assign({ n: told, coins })
  writeSupporters(gifts.supporters, supporters)
  if (gifts.goal.targetCoins === 0) return
  for (const gift of missed) gifts.goal.coins += gift.coins
}

/** Number of the newest gift in the log; undefined when it may be older than what is at hand. */
function lastTold({ amend }: Pick<LiveScope, 'amend'>): number | undefined {
  let [last, oldest] = [0, 0]
  amend(({ type, entry }) => {
    oldest ||= entry.seq
    if (type === 'gift.sent') last = (entry as unknown as GiftSent).n
    return undefined
  })
  return last > 0 || oldest <= 1 ? last : undefined
}
