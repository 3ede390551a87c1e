/** The host's words to a battle: challenge, answer, leave, use a power. The record decides. */
import { visitName } from '../floor/visits.ts'
import type { Member } from '../kit/member.ts'
import { kitRefusals } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import { liveRoomId } from '../live/room-id.ts'
import { mediaRefusals, type MediaTicket } from '../media/protocol.ts'
import type { BattleAnswered } from './battle-desk.ts'
import type { BattleScope, Battling } from './battle-scope.ts'
import { phaseOf, sideOf } from './battle-record.ts'
import {
  type BattleAnswer,
  type BattleInvite,
  type BattleLeave,
  battleLimits,
  battleRefusals,
  type BattleReply,
  type BattleTicketAsk,
  type BattleUse,
} from './protocol.ts'

export async function inviteRivals(
  scope: BattleScope,
  _: Member,
  { rivals, partner, minutes, giftId, terms }: BattleInvite,
): Promise<BattleReply> {
  const { desk, house } = battlesOf(scope)
  const { streamId } = scope.state
  const all = new Set([streamId, ...rivals])
  const isFair = all.size === rivals.length + 1 && all.size <= battleLimits.sidesMax
  if (!isFair || !isPartnered(rivals, partner)) refuse(battleRefusals, 'own_battle')
  if (giftId !== undefined && scope.giving?.desk.find(giftId) === undefined) {
    refuse(battleRefusals, 'unknown_gift')
  }
  const ask = { by: streamId, rivals, partner, minutes, giftId: giftId ?? null, terms }
  const answered = await desk.propose(ask)
  if ('battle' in answered) house.take(answered.battle)
  return replyTo(scope, answered)
}

/** Two against two: with a partner there are four in all. */
const isPartnered = (rivals: readonly string[], partner: string | undefined): boolean =>
  partner === undefined || (rivals.length === 3 && rivals.includes(partner))

export async function answerBattle(
  scope: BattleScope,
  _: Member,
  { battleId, accept }: BattleAnswer,
): Promise<BattleReply> {
  const { house } = battlesOf(scope)
  const { streamId } = scope.state
  const ask = { do: accept ? ('accept' as const) : ('reject' as const), streamId }
  return replyTo(scope, await house.ask(battleId, ask))
}

export async function leaveBattle(
  scope: BattleScope,
  _: Member,
  { battleId }: BattleLeave,
): Promise<BattleReply> {
  const { house } = battlesOf(scope)
  const { streamId } = scope.state
  const isInvited = house.battle?.id === battleId && house.battle.startsAt === 0
  const ask = { do: isInvited ? ('reject' as const) : ('forfeit' as const), streamId }
  return replyTo(scope, await house.ask(battleId, ask))
}

export async function usePower(
  scope: BattleScope,
  _: Member,
  { battleId, power }: BattleUse,
): Promise<BattleReply> {
  const { house } = battlesOf(scope)
  return replyTo(scope, await house.ask(battleId, { do: power, streamId: scope.state.streamId }))
}

/**
 * Members see the others' stage as their own, as long as the battle and what follows it last. Whom
 * the other room would not let in does not look in either.
 */
export async function visitRival(
  scope: BattleScope,
  { id, name }: Member,
  { streamId, tab }: BattleTicketAsk,
  sid = '',
): Promise<MediaTicket> {
  const { battles, standings, state, streams, world } = scope
  if (battles === undefined) refuse(battleRefusals, 'no_battles')
  const { house, media } = battles
  const isRival = house.battle !== undefined && sideOf(house.battle, streamId) !== undefined
  if (!house.isShared || !isRival || streamId === state.streamId)
    refuse(battleRefusals, 'no_battle')
  if (media === undefined) refuse(mediaRefusals, 'media_unavailable')
  const identity = standings.identityOf(id)
  if (identity === undefined) refuse(kitRefusals, 'not_allowed')
  // From when it was asked, so that nothing which is decided meanwhile is older than the visit.
  const visit = visitName({ sid, tab, now: world.now() })
  const admission = await streams.admit(streamId, identity)
  if ('refused' in admission) {
    if (admission.refused === 'blocked') refuse(battleRefusals, 'blocked')
    refuse(kitRefusals, 'not_allowed')
  }
  return await media.visit(liveRoomId(streamId), { id, name }, visit)
}

function battlesOf({ battles, state }: BattleScope): Battling {
  if (battles === undefined) refuse(battleRefusals, 'no_battles')
  if (state.phase !== 'live') refuse(battleRefusals, 'not_live')
  return battles
}

function replyTo({ world }: BattleScope, answered: BattleAnswered): BattleReply {
  if ('refused' in answered) refuse(battleRefusals, answered.refused)
  const { battle } = answered
  return { battleId: battle.id, phase: phaseOf(battle, world.now()).phase }
}
