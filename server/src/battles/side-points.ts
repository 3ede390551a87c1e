/** What each side of a battle has come to: the same fold as `pointsOfGift`, over the ledger. */
import { battleLimits, pointsOfReactions } from '@odeon/rooms'
import type { BattleRecord, SidePoints, SideSum } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'

interface Row {
  gifts: string
  to_n: string
  reactions: string
  late_gifts: string
  late_people: string
}

export async function pointsOfSides(
  sql: Sql,
  battle: BattleRecord,
): Promise<(SidePoints & SideSum)[]> {
  const sides: (SidePoints & SideSum)[] = []
  // One after the other: they may share a transaction, and that is one connection.
  for (const { streamId } of battle.sides) sides.push(await pointsOfSide(sql, battle, streamId))
  return sides
}

async function pointsOfSide(sql: Sql, battle: BattleRecord, streamId: string) {
  const { startsAt, endsAt, giftId, sides, boosts } = battle
  const boosted = battle.windows.filter((one) => one.kind === 'boost' && one.streamId === streamId)
  const fromN = sides.find((side) => side.streamId === streamId)?.fromN ?? 0
  const since = boosts.at(-1)?.at ?? 0
  const [row] = await sql<Row>`
    with given as (
      select amount, supporter_id,
        coalesce((notes->>'askedAt')::float8, extract(epoch from at) * 1000) as asked
      from ledger_transfers
      where stream_id = ${streamId} and stream_n > ${fromN}
        and at < to_timestamp(${endsAt + battleLimits.tallyMs}::float8 / 1000)
        and (${giftId}::text is null or details->>'giftId' = ${giftId}::text)
    ), counted as (
      select *, case when exists (
          select from unnest(${boosted.map(({ from }) => from)}::float8[],
            ${boosted.map(({ until }) => until)}::float8[]) as boost (begins, ends)
          where asked >= begins and asked < ends)
        then ${battleLimits.boostFactor}::int else 1 end as factor
      from given where asked >= ${startsAt}::float8 and asked < ${endsAt}::float8
    )
    select coalesce(sum(amount * factor), 0) as gifts,
      count(*) filter (where asked >= ${since}::float8) as late_gifts,
      count(distinct supporter_id) filter (where asked >= ${since}::float8) as late_people,
      coalesce((select transfers from stream_tallies t
        where t.stream_id = ${streamId} and t.of = 'stream' and t.about = ${streamId}), 0) as to_n,
      coalesce((select reactions from battle_sides b
        where b.battle_id = ${battle.id} and b.stream_id = ${streamId}), 0) as reactions
    from counted`
  const gifts = Number(row?.gifts)
  const reactions = Number(row?.reactions)
  return {
    streamId,
    giftPoints: gifts,
    toN: Number(row?.to_n),
    reactions,
    points: gifts + pointsOfReactions(battle, reactions),
    gifts: Number(row?.late_gifts),
    people: Number(row?.late_people),
  }
}

/** By stream: number of its newest gift. */
export async function headsOf(sql: Sql, { sides }: BattleRecord): Promise<Record<string, number>> {
  const ids = sides.map(({ streamId }) => streamId)
  const rows = await sql<{ id: string; n: string }>`
    select stream_id as id, transfers as n from stream_tallies
    where stream_id = any(${ids}::uuid[]) and of = 'stream' and about = stream_id`
  return Object.fromEntries(rows.map(({ id, n }) => [id, Number(n)]))
}
