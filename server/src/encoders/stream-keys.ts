/**
 * Stream keys: one for each channel and protocol, shown once. A key leads to the channel's live
 * stream, or else to the newest that may begin, and nowhere while there is none.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Logger, World } from '@odeon/rooms/ports'
import { encoderTab, mediaIdentity } from '@odeon/rooms/protocol'
import type { Database, Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { type Ingress, IngressAway } from './ingress.ts'
import { keepIngress, orderIngress, sweepOrders } from './ingress-orders.ts'
import { pointKeys } from './point-keys.ts'
import { type EncoderKey, encoderLimits, type EncoderProtocol } from './protocol.ts'
import type { EncoderAddresses } from './settings.ts'

export interface StreamKeysDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  ingress: Ingress
  addresses: EncoderAddresses
}

export interface StreamKeys {
  of(channelId: string): Promise<EncoderKey[]>
  /** A new key in the place of the one there was, which is good no more. */
  make(
    channel: { id: string; ownerId: string },
    protocol: EncoderProtocol,
  ): Promise<{ key: string; made: EncoderKey } | Refused<'ingress_unavailable'>>
  /** False when there was none. */
  revoke(channelId: string, protocol: EncoderProtocol): Promise<boolean>
  /** Leads the channel's keys to where they belong now. Never rejects. */
  point(channelId: string): Promise<void>
  /** Does what did not come to be done when it should have. */
  tidy(): Promise<void>
}

interface Row {
  protocol: EncoderProtocol
  ingressId: string
  keyHash: Buffer
  streamId: string | null
  isLost: boolean
  madeAt: number
  /** When the stream it leads to was made, Unix ms. */
  openedAt: number | null
}

const hashOf = (key: string) => createHash('sha256').update(key).digest()

export function streamKeys(deps: StreamKeysDeps): StreamKeys {
  const { database, world, log, ingress, addresses } = deps
  const { sql } = database

  const shown = async (row: Row): Promise<EncoderKey> => {
    const { protocol, ingressId, keyHash, streamId, isLost, madeAt } = row
    const about = { protocol, address: addresses[protocol] ?? '', madeAt, streamId }
    const nothing = { problem: '', video: null, audio: null }
    const found = isLost ? 'gone' : await ingress.look(ingressId).catch(awayOnly)
    if (found === undefined) return { ...about, ...nothing, connection: 'unknown' }
    if (found === 'gone' || !timingSafeEqual(hashOf(found.key), keyHash)) {
      return { ...about, ...nothing, connection: 'lost' }
    }
    const { key: _key, endedAt, ...look } = found
    // Who was turned away by a closed key, or before this stream, is nothing to mend now.
    const isPast = streamId === null || (endedAt > 0 && endedAt < (row.openedAt ?? 0))
    if (look.connection === 'failed' && isPast) return { ...about, ...nothing, connection: 'away' }
    return { ...about, ...look }
  }

  const clear = async () => {
    const { tidiedAtOnceMax } = encoderLimits
    const voided = await sql<{ id: string }>`
      select ingress_id as id from voided_ingresses order by voided_at limit ${tidiedAtOnceMax}`
    const failures: unknown[] = []
    // One that cannot be voided yet keeps none behind it good.
    for (const { id } of voided) {
      try {
        await ingress.remove(id)
        await sql`delete from voided_ingresses where ingress_id = ${id}`
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not all keys could be voided')
  }
  /** The key that was is void when this resolves, or as soon as the service answers again. */
  const clearSoon = () =>
    clear().catch((err: unknown) => log.warn({ err }, 'a stream key could not be voided yet'))

  const keys: StreamKeys = {
    async of(channelId) {
      return await Promise.all((await rowsOf(sql, channelId)).map(shown))
    },

    async make({ id: channelId, ownerId }, protocol) {
      if (addresses[protocol] === undefined) return new Refused('ingress_unavailable')
      const identity = mediaIdentity(ownerId, encoderTab)
      const order = await orderIngress({ sql, world }, channelId)
      const { label } = order
      const entry = await ingress.create({ protocol, identity, label }).catch(awayOnly)
      if (entry === undefined) return new Refused('ingress_unavailable')
      const { key, ingressId } = entry
      const isKept = await database.transaction(async (tx) => {
        if (!(await keepIngress(tx, order))) return false
        await tx`
          insert into stream_keys (channel_id, protocol, ingress_id, key_hash, made_at)
          values (${channelId}, ${protocol}, ${ingressId}, ${hashOf(key)}, ${new Date(world.now())})
          on conflict (channel_id, protocol) do update set ingress_id = excluded.ingress_id,
            key_hash = excluded.key_hash, made_at = excluded.made_at, stream_id = null,
            is_lost = false, pointing = null, pointing_until = null`
        return true
      })
      if (!isKept) return new Refused('ingress_unavailable')
      await Promise.all([keys.point(channelId), clearSoon()])
      const row = (await rowsOf(sql, channelId)).find((one) => one.ingressId === ingressId)
      // Somebody else made another one meanwhile.
      if (row === undefined) return new Refused('ingress_unavailable')
      return { key, made: await shown(row) }
    },

    async revoke(channelId, protocol) {
      const gone = await sql`
        delete from stream_keys where channel_id = ${channelId} and protocol = ${protocol}
        returning ingress_id`
      await clearSoon()
      return gone.length > 0
    },

    async point(channelId) {
      await pointKeys(sql, ingress, channelId).catch((err: unknown) =>
        log.warn({ err, channelId }, 'a stream key does not lead where it should yet'),
      )
    },

    async tidy() {
      const { tidiedAtOnceMax } = encoderLimits
      const astray = await sql<{ id: string }>`
        select distinct k.channel_id as id from stream_keys k
        where not k.is_lost and (k.pointing_until < clock_timestamp() or (
            k.pointing is null and k.stream_id is distinct from (
          select s.id from streams s join users u on u.id = s.host_id and u.suspended_at is null
          where s.channel_id = k.channel_id and s.medium = 'video' and s.phase <> 'ended'
          order by s.phase = 'live' desc, s.id desc limit 1)))
        limit ${tidiedAtOnceMax}`
      for (const { id } of astray) await keys.point(id)
      await clearSoon()
      await sweepOrders({ sql, world }, ingress).catch((err: unknown) =>
        log.warn({ err }, 'entries for encoders that nobody keeps were not removed yet'),
      )
    },
  }
  return keys
}

function awayOnly(error: unknown): undefined {
  if (!(error instanceof IngressAway)) throw error
}

const rowsOf = (sql: Sql, channelId: string) => sql<Row>`
  select k.protocol, k.ingress_id as "ingressId", k.key_hash as "keyHash",
    k.stream_id as "streamId", k.is_lost as "isLost",
    floor(extract(epoch from k.made_at) * 1000)::float8 as "madeAt",
    floor(extract(epoch from s.created_at) * 1000)::float8 as "openedAt"
  from stream_keys k left join streams s on s.id = k.stream_id
  where k.channel_id = ${channelId} order by k.protocol`
