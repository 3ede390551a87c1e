/** `GET /v1/treasures/:id`: all that it takes to work out a draw again. */
import { rulesOf, ticketOfClaimer, treasureLimits, type TreasureProof } from '@odeon/rooms'
import { z } from 'zod'
import type { Sql } from '../platform/database.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { uuid } from '../platform/http/ids.ts'
import { boxOf } from './box-rows.ts'

const digest = z.string().describe('SHA-256, 64 hexadecimal digits')

const proof = z.object({
  rules: z.object({
    boxId: uuid,
    streamId: uuid,
    funderId: uuid,
    coins: z.number().int(),
    shares: z.number().int(),
    opensAt: z.number(),
    endsAt: z.number(),
  }),
  commitment: digest.describe('of rules and seed, told when the box was filled'),
  drawn: z
    .object({
      seed: z.string(),
      tickets: z.array(digest).max(treasureLimits.claimsMax),
      root: digest,
      lucky: z.array(z.object({ ticket: digest, coins: z.number().int() })),
    })
    .nullable()
    .describe('null until it is drawn and paid'),
})

export function treasureEndpoints(sql: Sql): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/treasures/:id',
        summary: 'A treasure box with the proof of its draw.',
        auth: 'none',
        params: z.object({ id: uuid }),
        refusals: { no_box: { status: 404, text: 'There is no such treasure box.' } },
        reply: proof,
      },
      async ({ params, refuse }) => (await proofOf(sql, params.id)) ?? refuse('no_box'),
    ),
  ]
}

async function proofOf(sql: Sql, id: string): Promise<TreasureProof | undefined> {
  const kept = await boxOf(sql, id)
  if (kept === undefined || kept.state === 'funding') return undefined
  const { box } = kept
  const { commitment, outcome } = box
  const rules = rulesOf(box)
  if (outcome === null) return { rules, commitment, drawn: null }
  const claimers = await sql<{ id: string; luck: string }>`
    select user_id as id, luck from treasure_claims where box_id = ${id}`
  const tickets = await Promise.all(claimers.map((one) => ticketOfClaimer(id, one)))
  const ticketOf = new Map(claimers.map(({ id: userId }, place) => [userId, tickets[place]]))
  const lucky = outcome.lucky.map(({ id: userId, coins }) => {
    return { ticket: ticketOf.get(userId) ?? '', coins }
  })
  const { seed, root } = outcome
  return { rules, commitment, drawn: { seed, root, lucky, tickets: tickets.toSorted() } }
}
