/** Where a channel's streams are sent on to. Keys go in and never out, but to whatever sends. */
import type { World } from '@odeon/rooms/ports'
import type { Database, Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { leadsOutside, type Lookup, rtmpAddress } from './destination-address.ts'
import { spentUntil } from './output-budget.ts'
import {
  type DestinationChange,
  type DestinationView,
  type NewDestination,
  outputLimits,
  type OutputView,
} from './protocol.ts'
import type { Seal } from './seal.ts'

export interface DestinationsDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now' | 'newId'>
  seal: Seal
  lookup: Lookup
  isOffered: boolean
  /** Something is to be sent, or no more. */
  changed(): void
  /** That outputs of a channel may run; 0: without end. */
  minutesADay: number
}

/** Whom a key was sealed for. */
export const destinationSeal = (id: string, channelId: string) => `destination ${id} ${channelId}`

export interface Destinations {
  of(channelId: string): Promise<DestinationView[]>
  add(
    channelId: string,
    wanted: NewDestination,
  ): Promise<
    | DestinationView
    | Refused<'egress_unavailable' | 'destination_refused' | 'too_many_destinations'>
  >
  change(
    channelId: string,
    id: string,
    change: DestinationChange,
  ): Promise<DestinationView | Refused<'no_such_destination' | 'output_minutes_spent'>>
  remove(channelId: string, id: string): Promise<boolean>
}

export function destinations(deps: DestinationsDeps): Destinations {
  const { database, world, seal, lookup } = deps
  const { sql } = database

  const one = async (channelId: string, id: string) =>
    (await viewsOf(sql, channelId)).find((view) => view.id === id)

  return {
    of: (channelId) => viewsOf(sql, channelId),

    async add(channelId, { name, address: text, key, isOn }) {
      if (!deps.isOffered) return new Refused('egress_unavailable')
      const address = rtmpAddress(text)
      if (address === undefined || !(await leadsOutside(address, lookup))) {
        return new Refused('destination_refused')
      }
      const id = world.newId()
      const isAdded = await database.transaction(async (tx) => {
        // The channel's row keeps two makers apart, so that the bound holds.
        await tx`select from channels where id = ${channelId} for update`
        const there = await tx`select from destinations where channel_id = ${channelId}`
        if (there.length >= outputLimits.destinationsMax) return false
        await tx`
          insert into destinations
            (id, channel_id, name, address, sealed_key, key_end, is_on, made_at)
          values (${id}, ${channelId}, ${name}, ${address},
            ${seal.seal(key, destinationSeal(id, channelId))}, ${endOf(key)}, ${isOn},
            ${new Date(world.now())})`
        return true
      })
      if (!isAdded) return new Refused('too_many_destinations')
      deps.changed()
      return (await one(channelId, id)) as DestinationView
    },

    async change(channelId, id, { name, key, isOn, again }) {
      if ((again || isOn === true) && (await isLive(sql, channelId))) {
        const { minutesADay } = deps
        const now = world.now()
        const until = await spentUntil(sql, { channelId, minutesADay, now })
        if (until) return new Refused('output_minutes_spent', { retryAfterMs: until - now })
      }
      const sealed = key === undefined ? null : seal.seal(key, destinationSeal(id, channelId))
      const changed = await sql`
        update destinations set name = coalesce(${name ?? null}, name),
          is_on = coalesce(${isOn ?? null}, is_on),
          sealed_key = coalesce(${sealed}, sealed_key),
          key_version = key_version + ${sealed === null ? 0 : 1},
          key_end = coalesce(${key === undefined ? null : endOf(key)}, key_end)
        where id = ${id} and channel_id = ${channelId} returning id`
      if (changed.length === 0) return new Refused('no_such_destination')
      // Whoever mends something wants to see at once whether it works.
      if (again || isOn === true || key !== undefined) {
        await sql`
          delete from stream_outputs where target = ${id} and state in ('waiting', 'failed')`
      }
      deps.changed()
      return (await one(channelId, id)) ?? new Refused('no_such_destination')
    },

    async remove(channelId, id) {
      const gone = await sql`
        delete from destinations where id = ${id} and channel_id = ${channelId} returning id`
      deps.changed()
      return gone.length > 0
    },
  }
}

async function isLive(sql: Sql, channelId: string): Promise<boolean> {
  const live = await sql`select from streams where channel_id = ${channelId} and phase = 'live'`
  return live.length > 0
}

/** Of short keys less, so that most of a key is never shown. */
const endOf = (key: string) =>
  key.slice(-Math.min(outputLimits.keyEndChars, Math.floor(key.length / 4)))

interface Row extends Omit<DestinationView, 'output'>, Omit<OutputView, 'state'> {
  state: OutputView['state'] | null
}

async function viewsOf(sql: Sql, channelId: string): Promise<DestinationView[]> {
  const rows = await sql<Row>`
    select d.id, d.name, d.address, d.key_end as "keyEnd", d.is_on as "isOn",
      o.state, o.problem, o.attempts, o.refused,
      floor(extract(epoch from o.changed_at) * 1000)::float8 as "changedAt",
      floor(extract(epoch from o.next_at) * 1000)::float8 as "nextAt"
    from destinations d
    left join streams s on s.channel_id = d.channel_id and s.phase = 'live'
    left join stream_outputs o on o.stream_id = s.id and o.target = d.id
    where d.channel_id = ${channelId} order by d.id`
  return rows.map(({ state, problem, attempts, changedAt, refused, nextAt, ...view }) => {
    const told = { problem, attempts, changedAt, refused, nextAt }
    return { ...view, output: state === null ? null : { state, ...told } }
  })
}
