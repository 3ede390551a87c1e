/**
 * What rooms ask about treasure boxes of somebody who keeps them, and their coins, for all
 * processes. A box is drawn once, and its coins go once, whoever asks and however often.
 */
import type { TreasureRefusalCode } from './protocol.ts'
import type { TreasureRecord } from './treasure-record.ts'

/** `id` is the funder's name for it: the same one puts coins aside once. */
export interface TreasureFunding {
  id: string
  streamId: string
  funder: { id: string; name: string }
  coins: number
  shares: number
  opensInMs: number
  openMs: number
  /** False: the stream is not live, so only one that began before is told and finished. */
  isLive: boolean
}

export interface TreasureClaiming {
  boxId: string
  by: { id: string; name: string }
  luck: string
  /** When the room was asked for it, Unix ms. */
  askedAt: number
}

/** Claimed already with the same luck: it is the same claim. `claims` are those there are. */
export type ClaimOutcome =
  | { ticket: string; claims: number; endsAt: number }
  | { refused: TreasureRefusalCode; retryAfterMs?: number }

/** What a claim is known by, whatever became of its box meanwhile. */
export type KnownClaim = Omit<TreasureClaiming, 'askedAt'>

export interface TreasureDesk {
  /** Rejects when it is not known whether coins moved: the same id asked again tells. */
  fund(
    ask: TreasureFunding,
  ): Promise<
    | { box: TreasureRecord; balanceCoins: number }
    | { refused: TreasureRefusalCode; retryAfterMs?: number }
  >
  /** Kept when it resolves. */
  claim(ask: TreasureClaiming): Promise<ClaimOutcome>
  /** A claim that is kept already, told again; null when the person has none. Writes nothing. */
  claimed(ask: KnownClaim): Promise<ClaimOutcome | null>
  /** Nobody claims any more from this moment: the stream is over. */
  close(boxId: string): Promise<TreasureRecord | null>
  /** Draws it if its time has come and pays what was drawn, once; null when there is none. */
  settle(boxId: string): Promise<TreasureRecord | null>
  /** The newest of a stream, over or not. */
  of(streamId: string): Promise<TreasureRecord | null>
}
