/** Writes into a room's state what its audience may see of a battle now. */
import { type BattleRecord, phaseOf, sideOf, windowOf } from './battle-record.ts'
import { type Battle, BattleSideState } from './state.ts'

export interface Shown {
  battle: BattleRecord
  /** Of this room. */
  streamId: string
  now: number
  /** What each side has, as far as this process knows. */
  pointsOf: (streamId: string) => number
}

export function showBattle(state: Battle, { battle, streamId, now, pointsOf }: Shown): void {
  const { phase, until } = phaseOf(battle, now)
  const { outcome } = battle
  write(state, {
    id: battle.id,
    phase,
    by: battle.by,
    giftId: battle.giftId ?? '',
    terms: battle.terms,
    minutes: battle.minutes,
    reactionsPerPoint: battle.reactionsPerPoint,
    invitedUntil: battle.invitedUntil,
    startsAt: battle.startsAt,
    endsAt: battle.endsAt,
    until: until === Infinity ? 0 : until,
    overtimes: battle.overtimes,
    end: outcome?.end ?? '',
    winner: outcome?.winner ?? -1,
  })
  if (!isSame(state, battle)) {
    state.sides.clear()
    for (const { streamId: id, channel, name, avatarUrl, hostId, team } of battle.sides) {
      const side = { streamId: id, channel, name, avatarUrl, hostId, team }
      state.sides.push(new BattleSideState().assign(side))
    }
  }
  for (const [at, side] of battle.sides.entries()) {
    const shown = state.sides.at(at)
    const of = { streamId: side.streamId, at: now }
    const boost = battle.windows.findLast(
      (one) => one.kind === 'boost' && one.streamId === side.streamId && now < one.until,
    )
    write(shown, {
      hasAccepted: side.hasAccepted,
      hasForfeited: side.forfeitedAt > 0,
      hasMisted: side.hasMisted,
      awayUntil: side.awayUntil,
      boostFrom: boost?.from ?? 0,
      boostUntil: boost?.until ?? 0,
      mistUntil: windowOf(battle, { kind: 'mist', ...of })?.until ?? 0,
      points: outcome?.points[side.streamId] ?? pointsShown(shown, side.streamId),
    })
  }

  /** In a mist rivals see what was there when it came: it is not in what they are sent. */
  function pointsShown(shown: BattleSideState, of: string): number {
    const isOwnTeam = sideOf(battle, streamId)?.team === sideOf(battle, of)?.team
    const isMisted = windowOf(battle, { kind: 'mist', streamId: of, at: now }) !== undefined
    return isMisted && !isOwnTeam ? shown.points : pointsOf(of)
  }
}

const isSame = ({ sides }: Battle, battle: BattleRecord): boolean =>
  sides.length === battle.sides.length &&
  battle.sides.every(({ streamId }, at) => sides.at(at)?.streamId === streamId)

/** Only what differs, so that nothing is sent for what stayed. */
function write<State extends object>(state: State, values: Partial<State>): void {
  for (const key of Object.keys(values) as (keyof State)[]) {
    const value = values[key]
    if (value !== undefined && state[key] !== value) state[key] = value
  }
}
