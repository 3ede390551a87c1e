/**
 * What rooms ask about battles of somebody who keeps them for all processes. A record is changed by
 * one at a time; every room that takes part is told.
 */
import type { BattleRecord } from './battle-record.ts'
import type { BattleAsk } from './decide-battle.ts'
import type { BattleRefusalCode } from './protocol.ts'

export interface BattleProposal {
  by: string
  rivals: readonly string[]
  partner: string | undefined
  minutes: number
  giftId: string | null
  terms: string
}

export type BattleAnswered = { battle: BattleRecord } | { refused: BattleRefusalCode }

/** What a room tells the others of its own side; one that is lost is followed by another. */
export interface BattleScore {
  battleId: string
  streamId: string
  points: number
  /** Goes up with each of a room's: what comes late is left out. Unix ms. */
  at: number
}

/** Of one side: of gifts up to number `toN` of the stream, and with reactions in all. */
export interface SidePoints {
  streamId: string
  giftPoints: number
  toN: number
  reactions: number
  points: number
}

export interface BattleEars {
  changed(battle: BattleRecord): void
  scored(score: BattleScore): void
}

export interface BattleDesk {
  propose(proposal: BattleProposal): Promise<BattleAnswered>
  change(battleId: string, ask: BattleAsk): Promise<BattleAnswered>
  /** The newest battle of a stream, if it is under way or was lately. */
  of(streamId: string): Promise<BattleRecord | null>
  /** Points of all sides by ledger and counted reactions. */
  points(battle: BattleRecord): Promise<SidePoints[]>
  /** A side's reactions since the start; a smaller number than before is left out. */
  reacted(battleId: string, streamId: string, reactions: number): Promise<void>
  /** To the other rooms of the battle. Never rejects. */
  tell(battle: BattleRecord, score: BattleScore): void
  /** Until the result is called. */
  watch(streamId: string, ears: BattleEars): () => void
}
