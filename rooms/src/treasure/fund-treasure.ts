/** `treasure.fund`: coins of the host's are put aside, everybody gets `treasure.funded`. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { type TreasureFund, type TreasureFundReply, treasureRefusals } from './protocol.ts'
import type { TreasureScope } from './treasure-scope.ts'

export async function fundTreasure(
  { treasures, state }: TreasureScope,
  { id, name }: Member,
  { requestId, coins, shares, opensInSeconds, openSeconds }: TreasureFund,
): Promise<TreasureFundReply> {
  if (treasures === undefined) refuse(treasureRefusals, 'no_treasure')
  if (coins < shares) refuse(treasureRefusals, 'coins_below_shares')

  const funded = await treasures.desk.fund({
    id: requestId,
    streamId: state.streamId,
    funder: { id, name },
    coins,
    shares,
    opensInMs: opensInSeconds * 1_000,
    openMs: openSeconds * 1_000,
    isLive: state.phase === 'live',
  })

  if ('refused' in funded) refuse(treasureRefusals, funded.refused, funded.retryAfterMs)
  const { box, balanceCoins } = funded
  treasures.house.take(box)
  const { id: boxId, opensAt, endsAt, commitment } = box
  return { boxId, coins, shares, opensAt, endsAt, commitment, balanceCoins }
}
