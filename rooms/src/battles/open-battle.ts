/** A battle as it is proposed: its sides with their teams, and until when it can be accepted. */
import type { StreamFacts } from '../ports.ts'
import type { BattleProposal } from './battle-desk.ts'
import type { BattleRecord } from './battle-record.ts'
import { battleLimits } from './protocol.ts'

export interface BattleOpening {
  id: string
  now: number
  proposal: BattleProposal
  /** Of who invites and then of those invited, in the order of the proposal. */
  streams: readonly Pick<
    StreamFacts,
    'id' | 'channelId' | 'channel' | 'name' | 'avatarUrl' | 'hostId'
  >[]
}

export function openBattle({ id, now, proposal, streams }: BattleOpening): BattleRecord {
  const { by, partner, minutes, giftId, terms } = proposal
  let rivals = 0
  const teamOf = (streamId: string): number => {
    if (streamId === by || streamId === partner) return 0
    // Two against two, or each for themselves.
    return partner === undefined ? (rivals += 1) : 1
  }
  return {
    id,
    version: 1,
    by,
    giftId,
    minutes,
    terms,
    reactionsPerPoint: giftId === null ? battleLimits.reactionsPerPoint : 0,
    invitedAt: now,
    invitedUntil: now + battleLimits.inviteMs,
    startsAt: 0,
    endsAt: 0,
    overtimes: 0,
    sides: streams.map(({ id: streamId, channelId, channel, name, avatarUrl, hostId }) => ({
      streamId,
      channelId,
      channel,
      name,
      avatarUrl: avatarUrl ?? '',
      hostId,
      team: teamOf(streamId),
      hasAccepted: streamId === by,
      awayUntil: 0,
      forfeitedAt: 0,
      hasMisted: false,
      fromN: 0,
    })),
    windows: [],
    boosts: [],
    outcome: null,
  }
}
