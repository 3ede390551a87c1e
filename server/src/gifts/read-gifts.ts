/** Gifts of a stream as the ledger has them. */
import type { GiftReceipt, Given, GivenRange } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'

interface Row {
  id: string
  n: string
  at: string
  asked_at: string
  supporter_id: string
  name: string
  gift_id: string
  quantity: number
  coins: string
  combo_id: string
  sums: { coins: number; supporterCoins: number; comboUnits: number }
}

/** Behind number `n`, in order. Gifts alone count in a stream, so no number is missing. */
export async function giftsAfter(
  sql: Sql,
  { streamId, n, limit }: { streamId: string; n: number; limit: number },
): Promise<GiftReceipt[]> {
  const rows = await sql<Row>`
    select id, stream_n as n, extract(epoch from at) * 1000 as at, supporter_id,
      coalesce((notes->>'askedAt')::float8, extract(epoch from at) * 1000) as asked_at,
      notes->>'name' as name, details->>'giftId' as gift_id,
      (details->>'quantity')::int as quantity,
      amount as coins, combo_id, receipt->'stream' as sums
    from ledger_transfers
    where stream_id = ${streamId} and stream_n > ${n}
    order by stream_n limit ${limit}`
  return rows.map(receiptOf)
}

function receiptOf({ sums, ...row }: Row): GiftReceipt {
  return {
    id: row.id,
    n: Number(row.n),
    at: Math.round(Number(row.at)),
    askedAt: Math.round(Number(row.asked_at)),
    from: { id: row.supporter_id, name: row.name },
    giftId: row.gift_id,
    quantity: row.quantity,
    coins: Number(row.coins),
    comboId: row.combo_id,
    comboUnits: sums.comboUnits,
    streamCoins: sums.coins,
    supporterCoins: sums.supporterCoins,
  }
}

/** By person and minute, oldest first; of the people those who gave most. */
export async function givenSince(
  sql: Sql,
  streamId: string,
  { since, toN, peopleMax }: GivenRange,
): Promise<Given[]> {
  const rows = await sql<{ id: string; name: string; at: string; coins: string }>`
    with given as (
      select supporter_id as id, max(notes->>'name') as name, date_trunc('minute', at) as minute,
        max(at) as at, sum(amount) as coins
      from ledger_transfers
      where stream_id = ${streamId} and stream_n <= ${toN}
        and at >= to_timestamp(${since}::float8 / 1000)
      group by supporter_id, date_trunc('minute', at)
    ), most as (
      select id from given group by id order by sum(coins) desc limit ${peopleMax}
    )
    select id, name, extract(epoch from at) * 1000 as at, coins
    from given where id in (select id from most) order by at`
  return rows.map(({ id, name, at, coins }) => {
    return { from: { id, name }, at: Math.round(Number(at)), coins: Number(coins) }
  })
}
