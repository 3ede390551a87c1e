/** Writes claims: what comes while one transaction runs goes together in the next. */
import { type Claimer, decideClaims, ticketOfClaimer } from '@odeon/rooms'
import type { ClaimOutcome, KnownClaim, TreasureClaiming } from '@odeon/rooms/ports'
import type { Database, Sql } from '../platform/database.ts'
import { lockedBox } from './box-rows.ts'
import { treasurePaces } from './limits.ts'

interface Waiting {
  ask: TreasureClaiming
  answer: (outcome: ClaimOutcome) => void
  fail: (error: unknown) => void
}

export class ClaimWriter {
  readonly #database: Pick<Database, 'transaction'>
  /** By box; one that is written has its place here, waiting claims or none. */
  readonly #waiting = new Map<string, Waiting[]>()
  #count = 0

  constructor(database: Pick<Database, 'transaction'>) {
    this.#database = database
  }

  /** Kept when it resolves. */
  claim(ask: TreasureClaiming): Promise<ClaimOutcome> {
    if (this.#count >= treasurePaces.claimsWaitingMax) {
      return Promise.resolve({ refused: 'ledger_busy', retryAfterMs: treasurePaces.busyForMs })
    }
    this.#count += 1
    return new Promise((answer, fail) => {
      const one = { ask, answer, fail }
      const others = this.#waiting.get(ask.boxId)
      if (others !== undefined) return void others.push(one)
      this.#waiting.set(ask.boxId, [one])
      void this.#write(ask.boxId)
    })
  }

  /** Until nobody waits at this box. */
  async #write(boxId: string): Promise<void> {
    const waiting = this.#waiting.get(boxId) as Waiting[]
    while (waiting.length > 0) {
      const batch = waiting.splice(0, treasurePaces.claimsAtOnceMax)
      const asks = batch.map(({ ask }) => ask)
      try {
        const outcomes = await this.#database.transaction((tx) => writeClaims(tx, boxId, asks))
        for (const [place, { answer }] of batch.entries()) answer(outcomes[place] as ClaimOutcome)
      } catch (error) {
        for (const { fail } of batch) fail(error)
      }
      this.#count -= batch.length
    }
    this.#waiting.delete(boxId)
  }
}

async function writeClaims(
  tx: Sql,
  boxId: string,
  asks: readonly TreasureClaiming[],
): Promise<ClaimOutcome[]> {
  const kept = await lockedBox(tx, boxId)
  if (kept === undefined || kept.state === 'funding') return asks.map(() => ({ refused: 'no_box' }))
  const ids = asks.map(({ by }) => by.id)
  const rows = await tx<{ user_id: string; luck: string }>`
    select user_id, luck from treasure_claims
    where box_id = ${boxId} and user_id = any(${ids}::uuid[])`
  const known = new Map(rows.map(({ user_id: id, luck }) => [id, luck]))
  const decided = decideClaims({ box: kept.box, isDrawn: kept.state !== 'open' }, known, asks)
  const tickets = await Promise.all(
    asks.map(({ by, luck }) => ticketOfClaimer(boxId, { id: by.id, luck })),
  )
  const fresh = asks.flatMap(({ by, luck }, place) => {
    const one = decided[place]
    const isNew = one !== undefined && 'isNew' in one && one.isNew
    return isNew ? [{ ...by, luck, ticket: tickets[place] as string }] : []
  })
  if (fresh.length > 0) await insert(tx, boxId, fresh)
  const { endsAt } = kept.box
  return decided.map((one, place): ClaimOutcome => {
    if ('refused' in one) return one
    return { ticket: tickets[place] as string, claims: one.claims, endsAt }
  })
}

/** One that is kept already, whatever became of its box meanwhile. */
export async function knownClaim(
  sql: Sql,
  { boxId, by: { id }, luck }: KnownClaim,
): Promise<ClaimOutcome | null> {
  const [known] = await sql<{ luck: string; ticket: string; claims: number; ends_at: string }>`
    select luck, ticket, claims, record->>'endsAt' as ends_at
    from treasure_claims join treasure_boxes on treasure_boxes.id = box_id
    where box_id = ${boxId} and user_id = ${id}`
  if (known === undefined) return null
  if (known.luck !== luck) return { refused: 'already_claimed' }
  const { ticket, claims, ends_at: endsAt } = known
  return { ticket, claims, endsAt: Number(endsAt) }
}

type Fresh = Claimer & { luck: string }

async function insert(tx: Sql, boxId: string, fresh: readonly Fresh[]): Promise<void> {
  await tx`
    insert into treasure_claims (box_id, user_id, name, luck, ticket)
    select ${boxId}, id, name, luck, ticket from unnest(
      ${fresh.map(({ id }) => id)}::uuid[],
      ${fresh.map(({ name }) => name)}::text[],
      ${fresh.map(({ luck }) => luck)}::text[],
      ${fresh.map(({ ticket }) => ticket)}::text[]
    ) as asked (id, name, luck, ticket)`
  await tx`update treasure_boxes set claims = claims + ${fresh.length} where id = ${boxId}`
}
