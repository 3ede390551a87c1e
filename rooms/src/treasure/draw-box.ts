/** The draw of a box: who is lucky, and what goes back. What is given is never more than it had. */
import { drawLucky, ticketOf } from '../draw/protocol.ts'
import type { TreasureRules } from './protocol.ts'
import type { TreasureOutcome, TreasureRecord } from './treasure-record.ts'

export interface Claimer {
  id: string
  name: string
  ticket: string
}

export const rulesOf = (box: TreasureRecord): TreasureRules => ({
  boxId: box.id,
  streamId: box.streamId,
  funderId: box.funder.id,
  coins: box.coins,
  shares: box.shares,
  opensAt: box.opensAt,
  endsAt: box.endsAt,
})

export const ticketOfClaimer = (boxId: string, by: { id: string; luck: string }) =>
  ticketOf(boxId, { userId: by.id, luck: by.luck })

export async function drawBox(
  { coins, shares: places }: TreasureRecord,
  { seed, claimers, at }: { seed: string; claimers: readonly Claimer[]; at: number },
): Promise<TreasureOutcome> {
  const owners = new Map(claimers.map((one) => [one.ticket, one]))
  const tickets = [...owners.keys()]
  const { root, lucky: drawn } = await drawLucky({ places, coins, seed, tickets })
  const lucky = drawn.map(({ ticket, coins: share }) => {
    const { id, name } = owners.get(ticket) as Claimer
    return { id, name, coins: share }
  })
  const givenCoins = lucky.reduce((sum, one) => sum + one.coins, 0)
  const sums = { givenCoins, returnedCoins: coins - givenCoins }
  return { drawnAt: at, isExpired: false, seed, root, lucky, ...sums }
}

/** It could not be drawn in its time: nobody has anything of it, and nothing is told of a draw. */
export function expiredOutcome({ coins }: TreasureRecord, at: number): TreasureOutcome {
  const nothing = { seed: '', root: '', lucky: [], givenCoins: 0 }
  return { drawnAt: at, isExpired: true, ...nothing, returnedCoins: coins }
}
