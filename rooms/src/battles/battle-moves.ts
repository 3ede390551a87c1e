/** What a room tells of a battle when its record goes from one version to a later one. */
import { type BattleRecord, sideOf } from './battle-record.ts'
import type { BattleMoved } from './protocol.ts'

export type Move = Omit<BattleMoved, 'seq' | 'at'>

const tellsAll: ReadonlySet<Move['what']> = new Set(['invited', 'began', 'ended'])

const namesOf = ({ sides }: BattleRecord) =>
  sides.map(({ streamId, name, team }) => ({ streamId, name, team }))

/** `before` is absent when the room heard of the battle for the first time. */
export function movesOf(before: BattleRecord | undefined, battle: BattleRecord): Move[] {
  const moves: Move[] = []
  const add = (what: Move['what'], streamId = '', more: Partial<Move> = {}) => {
    const name = sideOf(battle, streamId)?.name
    moves.push({
      battleId: battle.id,
      what,
      streamId,
      ...(name !== undefined && { name }),
      ...(tellsAll.has(what) && { sides: namesOf(battle) }),
      ...more,
    })
  }
  if (before === undefined) add('invited', battle.by)
  const hasBegun = battle.startsAt > 0 && (before?.startsAt ?? 0) === 0
  for (const side of battle.sides) {
    const was = before && sideOf(before, side.streamId)
    const isNews = side.hasAccepted && !(was?.hasAccepted ?? side.streamId === battle.by)
    if (isNews && !hasBegun) add('accepted', side.streamId)
  }
  if (hasBegun) add('began')
  for (const { kind, streamId } of battle.windows.slice(before?.windows.length ?? 0)) {
    add(kind === 'boost' ? 'boosted' : 'misted', streamId)
  }
  if (battle.overtimes > (before?.overtimes ?? 0)) add('extended')
  for (const { streamId, forfeitedAt } of battle.sides) {
    const was = before && sideOf(before, streamId)
    if (forfeitedAt > 0 && (was?.forfeitedAt ?? 0) === 0) add('forfeited', streamId)
  }
  const { outcome } = battle
  if (outcome === null || (before !== undefined && before.outcome !== null)) return moves
  const { end, winner, points } = outcome
  if (battle.startsAt === 0) add('called_off', '', { end })
  else add('ended', '', { end, winner, points })
  return moves
}
