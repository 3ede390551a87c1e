/** The gifts of a live room: what the log has from before, who is thanked, what time does. */
import { GiftHouse, writeSupporters } from '../gifts/gift-house.ts'
import type { GiftDesk } from '../gifts/gift-desk.ts'
import type { Giving } from '../gifts/gift-scope.ts'
import { type GiftSent, giftLimits, type GoalChanged } from '../gifts/protocol.ts'
import type { GiftGoal } from '../gifts/state.ts'
import type { LogArchive } from '../ports.ts'
import { kitLimits } from '../kit/protocol.ts'
import type { LiveScope } from './live-scope.ts'
import { liveRoomId } from './room-id.ts'

export interface GivingParts {
  desk: GiftDesk | undefined
  hostId: string
  /** The state is an earlier process's, and says what it told. */
  isTakenOver: boolean
  /** What is stored of the room's log. */
  archive: Pick<LogArchive, 'tail'>
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
    recall: () => (isTakenOver ? followLog(scope, desk) : recall(scope, desk, parts.archive)),
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
async function recall(
  scope: LiveScope,
  desk: GiftDesk,
  archive: GivingParts['archive'],
): Promise<void> {
  const { gifts, streamId } = scope.state
  const { n, coins, supporters } = await desk.standing(streamId, giftLimits.supportersShown)
  const told = toldIn(scope)
  // Combos that close at once may be all that is at hand, and what the ledger has may be untold.
  const stored = told.n ?? (await newestGift(archive, streamId))
  gifts.assign({ n: stored ?? n, coins })
  writeSupporters(gifts.supporters, supporters)
  if (told.goal === undefined) return
  const { goal, after } = told.goal
  const given = after < gifts.n ? await desk.after(streamId, after, gifts.n - after) : []
  setAim(gifts.goal, goal)
  addTo(gifts.goal, given)
}

/**
 * Who died while the journal was away may have told more than the state it left says: that is in
 * the log, and is not told again.
 */
async function followLog(scope: LiveScope, desk: GiftDesk): Promise<void> {
  const { gifts, streamId } = scope.state
  const { n: told = gifts.n, goal } = toldIn(scope)
  // The state has no gift behind it, so it may not have the goal either.
  const isLater = goal !== undefined && goal.after >= gifts.n
  if (isLater) setAim(gifts.goal, goal.goal)
  if (told <= gifts.n) return
  const [{ coins, supporters }, missed] = await Promise.all([
    desk.standing(streamId, giftLimits.supportersShown),
    desk.after(streamId, gifts.n, told - gifts.n),
  ])
  gifts.assign({ n: told, coins })
  writeSupporters(gifts.supporters, supporters)
  addTo(gifts.goal, isLater ? missed.filter(({ n }) => n > goal.after) : missed)
}

const setAim = (aim: GiftGoal, { title, targetCoins }: GoalChanged) =>
  aim.assign({ title, targetCoins, coins: 0 })

function addTo(aim: GiftGoal, given: readonly { coins: number }[]): void {
  if (aim.targetCoins === 0) return
  aim.coins += given.reduce((sum, { coins }) => sum + coins, 0)
}

async function newestGift(
  archive: GivingParts['archive'],
  streamId: string,
): Promise<number | undefined> {
  const records = await archive.tail(liveRoomId(streamId), kitLimits.logEntriesMax)
  const sent = records.findLast(({ type }) => type === 'gift.sent')
  return (sent?.entry as GiftSent | undefined)?.n
}

interface Told {
  /** Of the newest gift; undefined when it may be older than what is at hand. */
  n: number | undefined
  /** The one that was set last, and the number of the newest gift before it. */
  goal: { goal: GoalChanged; after: number } | undefined
}

function toldIn({ amend }: Pick<LiveScope, 'amend'>): Told {
  let [n, oldest] = [0, 0]
  let goal: GoalChanged | undefined
  // Undefined while the newest gift before it is older than what is at hand.
  let after: number | undefined
  amend(({ type, entry }) => {
    oldest ||= entry.seq
    if (type === 'gift.sent') {
      n = (entry as unknown as GiftSent).n
      after ??= n - 1
    }
    if (type === 'goal.changed' && !(entry as unknown as GoalChanged).isReached) {
      goal = entry as unknown as GoalChanged
      after = n > 0 ? n : undefined
    }
    return undefined
  })
  return {
    n: n > 0 || oldest <= 1 ? n : undefined,
    goal: goal && { goal, after: after ?? Number.MAX_SAFE_INTEGER },
  }
}
