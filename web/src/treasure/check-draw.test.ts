// A proof that holds in itself, of a draw that was not what the page was shown.
import { commitmentOf, drawLucky, ticketOf } from '@odeon/rooms'
import type { TreasureProof } from '@odeon/rooms/protocol'
import { expect, it } from 'vitest'
import { isDrawnAsShown, type Shown } from './check-draw.ts'

const people = ['ann', 'bob', 'cia', 'dan']
const rules = {
  boxId: 'box',
  streamId: 'stream',
  funderId: 'host',
  coins: 90,
  shares: 2,
  opensAt: 1,
  endsAt: 2,
}

async function drawnWith(seed: string, who = people, terms = rules): Promise<TreasureProof> {
  const luckOf = (userId: string) => ({ userId, luck: `luck of ${userId}` })
  const tickets = await Promise.all(who.map((id) => ticketOf('box', luckOf(id))))
  const drawn = await drawLucky({ places: terms.shares, coins: terms.coins, seed, tickets })
  const commitment = await commitmentOf(terms, seed)
  return { rules: terms, commitment, isExpired: false, drawn: { ...drawn, seed, tickets } }
}

it('[TRE-10] a proof is held against the ticket, the shares and the commitment that were shown', async () => {
  const honest = await drawnWith('seed')
  const { drawn, commitment } = honest
  const tickets = drawn?.tickets ?? []
  const lucky = (drawn?.lucky ?? []).map(({ ticket, coins }) => {
    const id = people[tickets.indexOf(ticket)] as string
    return { id, name: id, coins }
  })
  const box = { id: 'box', byId: 'host', coins: 90, shares: 2, lucky }
  const shownTo = (ownId: string, more: Partial<Shown> = {}): Shown => {
    return { box, commitment, ownId, ticket: tickets[people.indexOf(ownId)], ...more }
  }
  for (const id of people) expect(await isDrawnAsShown(honest, shownTo(id))).toBe(true)
  expect(await isDrawnAsShown(honest, shownTo('ann', { ticket: undefined }))).toBe(true)

  const [first, second] = lucky as [(typeof lucky)[0], (typeof lucky)[0]]
  const lies: [TreasureProof, Shown][] = [
    // Drawn anew behind the end, by another seed, with all that belongs to it.
    [await drawnWith('another'), shownTo('ann')],
    // Without one who claimed.
    [await drawnWith('seed', people.slice(1)), shownTo('ann')],
    [honest, shownTo('ann', { ticket: 'f'.repeat(64) })],
    // Others were shown than were drawn, in another order, or with other shares.
    [honest, shownTo(first.id, { box: { ...box, lucky: [second, first] } })],
    [honest, shownTo(first.id, { box: { ...box, lucky: [{ ...first, id: 'eve' }, second] } })],
    [honest, shownTo('eve', { box: { ...box, lucky: [first] } })],
    // Of another box.
    [honest, shownTo('ann', { box: { ...box, id: 'other' } })],
    [{ ...honest, drawn: null }, shownTo('ann')],
  ]
  for (const [proof, shown] of lies) expect(await isDrawnAsShown(proof, shown)).toBe(false)
})
