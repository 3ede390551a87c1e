/** Keeps battles in PostgreSQL, each changed by one at a time, and tells their rooms. */
import { battleLimits, decideBattle, openBattle } from '@odeon/rooms'
import type {
  BattleAnswered,
  BattleAsk,
  BattleDesk,
  BattleEars,
  BattleProposal,
  BattleRecord,
  BattleScore,
  Logger,
  StreamFacts,
} from '@odeon/rooms/ports'
import { validate as isUuid } from 'uuid'
import type { Presence } from '../lobby/directory.ts'
import type { Database, Sql } from '../platform/database.ts'
import { recordsOf } from '../streams/stream-record.ts'
import { headsOf, pointsOfSides } from './side-points.ts'
import { isTurnedDown } from './turned-down.ts'

export interface BattleDeps {
  database: Pick<Database, 'sql' | 'prepared' | 'transaction'>
  presence: Presence
  now: () => number
  newId: () => string
  log: Logger
}

/** What is said to a room of a battle. */
type Word = { changed: BattleRecord } | { scored: BattleScore }

const topicOf = (streamId: string) => `odeon.battle.${streamId}`

export function battleDesk(deps: BattleDeps): BattleDesk {
  const { database, presence, log } = deps
  const { sql, prepared } = database
  const attempt = (work: () => unknown) =>
    void Promise.resolve()
      .then(work)
      .catch((err: unknown) => log.warn({ err }, 'a room was not told of a battle; it will look'))
  const say = (battle: BattleRecord, word: Word, but = '') => {
    for (const { streamId } of battle.sides) {
      if (streamId !== but) attempt(() => presence.publish(topicOf(streamId), word))
    }
  }
  const told = (answered: BattleAnswered & { isNews?: boolean }): BattleAnswered => {
    if ('refused' in answered) return { refused: answered.refused }
    if (answered.isNews) say(answered.battle, { changed: answered.battle })
    return { battle: answered.battle }
  }
  const change = async (battleId: string, ask: BattleAsk) => {
    if (!isUuid(battleId)) return { refused: 'no_battle' as const }
    return told(await database.transaction((tx) => changeIn(tx, deps.now, battleId, ask)))
  }
  const of = async (streamId: string): Promise<BattleRecord | null> => {
    const [row] = await prepared<{ record: BattleRecord }>`
      select record from battles b join battle_sides s on s.battle_id = b.id
      where stream_id = ${streamId}::uuid order by invited_at desc limit 1`
    return row?.record ?? null
  }

  return {
    change,
    of,
    async propose(proposal) {
      const ids = [proposal.by, ...proposal.rivals]
      if (!ids.every((id) => isUuid(id))) return { refused: 'unknown_rival' }
      // One whose rooms are all gone holds nobody up.
      for (const id of ids) {
        const open = await of(id)
        if (open !== null && open.outcome === null) await change(open.id, { do: 'tend' })
      }
      return told(await propose(deps, ids, proposal))
    },

    points: (battle) => pointsOfSides(sql, battle),

    async reacted(battleId, streamId, reactions) {
      await sql`
        update battle_sides set reactions = greatest(reactions, ${reactions})
        where battle_id = ${battleId} and stream_id = ${streamId} and is_open`
    },

    tell: (battle, score) => say(battle, { scored: score }, score.streamId),

    watch(streamId, ears) {
      const hear = hearer(ears)
      attempt(() => presence.subscribe(topicOf(streamId), hear))
      return () => attempt(() => presence.unsubscribe(topicOf(streamId), hear))
    },
  }
}

const hearer = (ears: BattleEars) => (said: unknown) => {
  const word = said as Word
  if ('changed' in word) ears.changed(word.changed)
  else ears.scored(word.scored)
}

async function changeIn(
  tx: Sql,
  now: () => number,
  battleId: string,
  ask: BattleAsk,
): Promise<BattleAnswered & { isNews?: boolean }> {
  const [row] = await tx<{ record: BattleRecord }>`
    select record from battles where id = ${battleId} for update`
  if (row === undefined) return { refused: 'no_battle' }
  const { record } = row
  const sums = record.startsAt > 0 && record.outcome === null ? await pointsOfSides(tx, record) : []
  const heads = ask.do === 'accept' ? await headsOf(tx, record) : {}
  const decided = decideBattle(record, ask, { now: now(), sums, heads })
  if ('refused' in decided) return decided
  if (decided.version === record.version) return { battle: record }
  await tx`update battles set record = ${JSON.stringify(decided)}::jsonb where id = ${battleId}`
  if (decided.outcome !== null) {
    await tx`update battle_sides set is_open = false where battle_id = ${battleId}`
  }
  return { battle: decided, isNews: true }
}

async function propose(
  { database, now, newId }: BattleDeps,
  ids: string[],
  proposal: BattleProposal,
): Promise<BattleAnswered & { isNews?: boolean }> {
  const streams = await recordsOf(database.sql, ids)
  if (!streams.every((one): one is StreamFacts => one?.phase === 'live')) {
    return { refused: 'unknown_rival' }
  }
  if (streams.some(({ medium }) => medium === 'audio')) return { refused: 'not_for_voices' }
  if (await isTurnedDown(database.sql, { streams, now: now() })) {
    return { refused: 'battle_declined' }
  }
  const battle = openBattle({ id: newId(), now: now(), proposal, streams })
  try {
    await database.transaction(async (tx) => {
      await forgetCalledOff(tx, battle)
      await tx`
        insert into battles (id, invited_at, record)
        values (${battle.id}, ${new Date(battle.invitedAt)}, ${JSON.stringify(battle)}::jsonb)`
      await tx`
        insert into battle_sides (battle_id, stream_id, is_open)
        select ${battle.id}, stream_id, true from unnest(${ids}::uuid[]) as stream_id`
    })
  } catch (error) {
    if (isTaken(error)) return { refused: 'battle_busy' }
    throw error
  }
  return { battle, isNews: true }
}

/** Challenges of this stream that came to nothing, once they tell nobody to be left alone. */
async function forgetCalledOff(tx: Sql, { by, invitedAt }: BattleRecord): Promise<void> {
  const before = new Date(invitedAt - battleLimits.againAfterMs - battleLimits.inviteMs)
  await tx`
    delete from battles b using battle_sides s
    where s.battle_id = b.id and s.stream_id = ${by} and b.record->>'by' = ${by}
      and b.invited_at < ${before} and not s.is_open
      and b.record->'outcome'->>'end' in ('cancelled', 'rejected', 'expired')`
}

/** Unique violation: one of the streams is in an open battle. */
const isTaken = (error: unknown): boolean => (error as { code?: string } | null)?.code === '23505'
