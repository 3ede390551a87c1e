/** What a server holds when nobody is there: timers and handles, rooms, keys in Redis. */
import type { PrivateRedis } from '../house/private-redis.ts'

export interface Holdings {
  timers: number
  sockets: number
  keys: Map<string, { isPassing: boolean }>
}

export interface Leftovers {
  timers: number
  sockets: number
  /** Places of people who never sat down or are gone. */
  seats: number
  /** Keys that would stay for ever. */
  keys: string[]
}

export async function holdingsOf(url: string, redis: PrivateRedis): Promise<Holdings> {
  const said = await (await fetch(`${url}/metrics`)).text()
  const count = (type: string) =>
    Number(new RegExp(`^nodejs_active_resources{type="${type}"} (\\d+)$`, 'm').exec(said)?.[1] ?? 0)
  return { timers: count('Timeout'), sockets: count('TCPSocketWrap'), keys: await redis.keys() }
}

/** What is there more than before, leaving out what ends by itself. */
export function leftoversOf(before: Holdings, after: Holdings): Leftovers {
  const more = [...after.keys].filter(([name]) => !before.keys.has(name))
  return {
    timers: Math.max(0, after.timers - before.timers),
    sockets: Math.max(0, after.sockets - before.sockets),
    seats: more.filter(([name]) => name.startsWith('odeon.seats.')).length,
    keys: more.flatMap(([name, { isPassing }]) => (isPassing ? [] : [name])),
  }
}

export const isClean = ({ timers, sockets, seats, keys }: Leftovers): boolean =>
  timers + sockets + seats + keys.length === 0
