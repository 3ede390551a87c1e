/** The draw of a box: who is lucky, and what goes back. What is given is never more than it had. */
import { drawLucky, ticketOf } from '../draw/protocol.ts'
import type { TreasureRules } from './protocol.ts'
import type { TreasureOutcome, TreasureRecord } from './treasure-record.ts'

export interface Claimer {
  id: string
  name: string
  luck: string
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

export const ticketOfClaimer = (boxId: string, { id: userId, luck }: Omit<Claimer, 'name'>) =>
  ticketOf(boxId, { userId, luck })

export async function drawBox(
  box: TreasureRecord,
  { seed, claimers, at }: { seed: string; claimers: readonly Claimer[]; at: number },
): Promise<{ outcome: TreasureOutcome; tickets: string[] }> {
  const { id: boxId, coins, shares: places } = box
  const tickets = await Promise.all(claimers.map((one) => ticketOfClaimer(boxId, one)))
  const owners = new Map(tickets.map((ticket, place) => [ticket, claimers[place] as Claimer]))
  const { root, lucky: drawn } = await drawLucky({ places, coins, seed, tickets })
  const lucky = drawn.map(({ ticket, coins: share }) => {
    const { id, name } = owners.get(ticket) as Claimer
    return { id, name, coins: share }
  })
  const givenCoins = lucky.reduce((sum, one) => sum + one.coins, 0)
  const returnedCoins = coins - givenCoins
  return { tickets, outcome: { drawnAt: at, seed, root, lucky, givenCoins, returnedCoins } }
}
