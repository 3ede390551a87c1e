/** `GET /v1/treasures/:id`: all that it takes to work out a draw again. */
import { drawLucky, rulesOf, treasureLimits, type TreasureProof } from '@odeon/rooms'
import type { TreasureOutcome, TreasureRecord } from '@odeon/rooms/ports'
import { z } from 'zod'
import type { Sql } from '../platform/database.ts'
import { ExpiringCache } from '../platform/expiring-cache.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { uuid } from '../platform/http/ids.ts'
import { boxOf } from './box-rows.ts'
import { treasurePaces } from './limits.ts'

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
  isExpired: z.boolean().describe('it could not be drawn in its time: all of it went back'),
  drawn: z
    .object({
      seed: z.string(),
      tickets: z.array(digest).max(treasureLimits.claimsMax),
      root: digest,
      lucky: z.array(z.object({ ticket: digest, coins: z.number().int() })),
    })
    .nullable()
    .describe('null until it is drawn and paid, and for ever where it is expired'),
})

export function treasureEndpoints(sql: Sql, now: () => number): Endpoint[] {
  const { proofsMs: ttlMs, proofsMax: entriesMax, proofMaxAgeSeconds } = treasurePaces
  const finished = new ExpiringCache<string, TreasureProof>({ ttlMs, entriesMax, now })
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
        maxAgeSeconds: ({ drawn }) => (drawn === null ? 0 : proofMaxAgeSeconds),
      },
      async ({ params: { id }, refuse }) => {
        const kept = await boxOf(sql, id)
        if (kept === undefined || kept.state === 'funding') return refuse('no_box')
        const { box } = kept
        const { outcome } = box
        if (outcome !== null && !outcome.isExpired) {
          return finished.get(id, async () => ({
            ...boundOf(box),
            drawn: await drawnOf(sql, box, outcome),
          }))
        }
        return { ...boundOf(box), isExpired: outcome !== null, drawn: null }
      },
    ),
  ]
}

const boundOf = (box: TreasureRecord) => {
  return { rules: rulesOf(box), commitment: box.commitment, isExpired: false }
}

async function drawnOf(
  sql: Sql,
  { id, shares: places, coins }: TreasureRecord,
  { seed, root, lucky }: TreasureOutcome,
): Promise<TreasureProof['drawn']> {
  const claims = await sql<{ ticket: string }>`
    select ticket from treasure_claims where box_id = ${id} order by ticket`
  const tickets = claims.map(({ ticket }) => ticket)
  // What was paid, by the tickets in the order in which they were drawn.
  const drawn = await drawLucky({ places, coins, seed, tickets })
  const paid = lucky.map(({ coins: share }, place) => {
    return { ticket: drawn.lucky[place]?.ticket ?? '', coins: share }
  })
  return { seed, root, lucky: paid, tickets }
}
