/** Evenings of the demo that are over: streams with numbers, and how they went minute by minute. */
import type { StreamNumbers } from '@odeon/rooms/protocol'
import { v7 } from 'uuid'
import type { Sql } from '../platform/database.ts'
import { chance, type Chance } from './random.ts'

export const pastLimits = { perChannelMax: 3, minutesMin: 40, minutesMax: 95 } as const

const titles = ['Last time', 'Warm-up', 'A long one'] as const
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

interface Evening {
  startedAt: number
  viewers: number[]
  messages: number[]
  reactions: number[]
  joins: number[]
}

export interface PastChannel {
  id: string
  ownerId: string
  handle: string
  name: string
  category: string | null
  language: string | null
}

/** All or nothing; a channel that has streamed before is left as it is. */
export async function addPastStreams(sql: Sql, channel: PastChannel, now: number): Promise<void> {
  const [known] = await sql`
    select id from streams where channel_id = ${channel.id} and phase = 'ended' limit 1`
  if (known) return
  const seed = [...channel.handle].reduce((sum, letter) => sum * 33 + letter.charCodeAt(0), 5)
  const luck = chance(seed)
  const count = 1 + Math.floor(luck.next() * pastLimits.perChannelMax)
  for (let back = count; back >= 1; back -= 1) {
    const startedAt = now - back * (2 + Math.floor(luck.next() * 4)) * dayMs
    const title = `${titles[back - 1] ?? titles[0]}: ${channel.name} (demo)`
    await addStream(sql, channel, { title, evening: evening(luck, startedAt) })
  }
}

function evening(luck: Chance, startedAt: number): Evening {
  const { minutesMin, minutesMax } = pastLimits
  const minutes = Math.round(luck.between(minutesMin, minutesMax))
  const height = Math.round(luck.between(6, 60))
  const at = Array.from({ length: minutes }, (_, minute) => minute)
  // Up quickly, a long plateau, gone at the end.
  const viewers = at.map((minute) => {
    const rise = Math.min(1, (minute + 1) / 12)
    const fall = Math.min(1, (minutes - minute) / 6)
    return Math.round(height * rise * fall * luck.between(0.85, 1.1) * 10) / 10
  })
  const some = (per: number) => viewers.map((count) => Math.round(count * luck.between(0, per)))
  const joins = viewers.map((count, minute) => {
    return Math.max(0, Math.round(count - (viewers[minute - 1] ?? 0)))
  })
  return { startedAt, viewers, messages: some(0.5), reactions: some(1.2), joins }
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)

function numbersOf({ viewers, messages, reactions, joins }: Evening): StreamNumbers {
  const all = sum(reactions)
  const [heart, clap] = [Math.round(all * 0.6), Math.round(all * 0.25)]
  return {
    durationMs: viewers.length * minuteMs,
    viewersPeak: Math.ceil(Math.max(...viewers)),
    viewersAverage: Math.round((sum(viewers) / viewers.length) * 100) / 100,
    viewersUnique: sum(joins),
    watchMinutes: Math.round(sum(viewers)),
    messages: sum(messages),
    chatters: Math.min(sum(joins), Math.ceil(sum(messages) / 4)),
    reactions: all,
    reactionsByKind: { heart, clap, fire: all - heart - clap, laugh: 0, wow: 0, cry: 0 },
    joinsPerMinute: joins,
  }
}

async function addStream(
  sql: Sql,
  { id: channelId, ownerId, category, language }: PastChannel,
  { title, evening }: { title: string; evening: Evening },
): Promise<void> {
  const numbers = numbersOf(evening)
  const [startedAt, endedAt] = [evening.startedAt, evening.startedAt + numbers.durationMs]
  // The id says when, so that lists by id are lists by time.
  const id = v7({ msecs: startedAt })
  await sql`
    insert into streams (id, channel_id, host_id, title, category, language, phase, started_at,
      ended_at, numbers, checkpointed_at, created_at)
    values (${id}, ${channelId}, ${ownerId}, ${title}, ${category}, ${language}, 'ended',
      ${new Date(startedAt)}, ${new Date(endedAt)}, ${JSON.stringify(numbers)},
      ${new Date(endedAt)}, ${new Date(startedAt)})`
  await sql`
    update channels set streams = streams + 1, live_ms = live_ms + ${numbers.durationMs},
      viewers_peak = greatest(viewers_peak, ${numbers.viewersPeak})
    where id = ${channelId}`
  await sql`
    insert into stream_engagement
      (stream_id, minute, covered_ms, viewer_ms, messages, reactions, joins)
    select ${id}, (minute - 1)::int, 60000, viewers * 60000, messages, reactions, joins
    from unnest(${evening.viewers}::float8[], ${evening.messages}::int[],
      ${evening.reactions}::int[], ${evening.joins}::int[])
      with ordinality as t (viewers, messages, reactions, joins, minute)`
}
