/**
 * What is asked of rooms in other processes: gathered for a moment, sent to all at once, and sent
 * again after a time without Redis, when nobody can know what was heard. Each is heard once.
 */
import { matchMaker } from '@colyseus/core'
import type { Logger, World } from '@odeon/rooms/ports'
import type { ChatPosted } from '@odeon/rooms/protocol'
import { z } from 'zod'
import type { Shared } from '../platform/shared.ts'
import type { OpenRoom } from './open-rooms.ts'

const topic = 'odeon.rooms'

export const elsewhereLimits = {
  asksPerMessageMax: 200,
  /** Kept, to be sent again; older ones are forgotten. */
  keptMax: 2_000,
  keptMs: 120_000,
  /** After Redis is back: at once, and when every process listens again. */
  againAfterMs: [0, 2_000],
  heardMax: 10_000,
} as const

const text = z.string().max(128)
/** Rooms with all of these; none named: every room. */
const where = z.object({ roomId: text, channelId: text, hostId: text }).partial()
export type Where = z.output<typeof where>

/** Made by this server of what it stored; rooms look at the id alone. */
const line = z.looseObject({ id: text }).transform((kept) => kept as unknown as ChatPosted)

const what = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('refreshStanding'), userId: text }),
  z.object({ ask: z.literal('refreshChannel') }),
  z.object({ ask: z.literal('purge'), userId: text }),
  z.object({ ask: z.literal('dismiss'), userId: text }),
  z.object({ ask: z.literal('signOut'), userId: text, sid: text.optional() }),
  z.object({ ask: z.literal('handOn'), userId: text, sids: z.object({ from: text, to: text }) }),
  z.object({ ask: z.literal('removeLines'), ids: z.array(text) }),
  z.object({ ask: z.literal('restoreLines'), lines: z.array(line) }),
])
type What = z.output<typeof what>

const asked = z.object({ id: text, where, what })
type Asked = z.output<typeof asked>
const message = z.object({ by: text, asks: z.array(asked).max(elsewhereLimits.asksPerMessageMax) })

export interface ElsewhereDeps {
  shared: Pick<Shared, 'presence' | 'redis'>
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  /** The rooms of this process. */
  here(): OpenRoom[]
}

export interface RoomsElsewhere {
  /** One room that stands for those of the other processes; none when there are none. */
  rooms(where: Where): OpenRoom[]
  listen(): () => Promise<void>
}

export function roomsElsewhere({ shared, world, log, here }: ElsewhereDeps): RoomsElsewhere {
  const { presence, redis } = shared
  if (redis === undefined) return { rooms: () => [], listen: () => () => Promise.resolve() }
  const by = world.newId()
  const kept: { at: number; asked: Asked }[] = []
  const heard = new Set<string>()
  let waiting: Asked[] = []

  const publish = (asks: Asked[]) => {
    for (let from = 0; from < asks.length; from += elsewhereLimits.asksPerMessageMax) {
      const some = asks.slice(from, from + elsewhereLimits.asksPerMessageMax)
      Promise.resolve(presence.publish(topic, { by, asks: some })).catch((err: unknown) =>
        log.warn({ err }, 'rooms elsewhere were not told; they are when Redis is back'),
      )
    }
  }
  const ask = (of: Where, wanted: What) => {
    const at = world.now()
    const one = { id: world.newId(), where: of, what: wanted }
    kept.push({ at, asked: one })
    while (kept.length > elsewhereLimits.keptMax) kept.shift()
    while (at - (kept[0]?.at ?? at) > elsewhereLimits.keptMs) kept.shift()
    if (waiting.push(one) > 1) return
    setImmediate(() => {
      const asks = waiting
      waiting = []
      publish(asks)
    })
  }

  const hear = (said: unknown) => {
    const { data, error } = message.safeParse(said)
    if (error) return log.error({ err: error }, 'rooms were asked nonsense')
    if (data.by === by) return
    for (const one of data.asks) {
      if (heard.has(one.id)) continue
      heard.add(one.id)
      if (heard.size > elsewhereLimits.heardMax) heard.delete(heard.values().next().value as string)
      for (const room of here()) if (isMeant(room, one.where)) put(room, one.what)
    }
  }
  const put = (room: OpenRoom, wanted: What) => {
    const failed = (err: unknown) => log.error({ err, room: room.roomId }, 'a room failed an ask')
    Promise.resolve()
      .then(() => apply(room, wanted))
      .catch(failed)
  }

  return {
    rooms: (of) => [standIn(of, ask)],
    listen() {
      const listening = Promise.resolve(presence.subscribe(topic, hear))
      const timers = new Set<NodeJS.Timeout>()
      const forget = redis.onBack(() => {
        for (const ms of elsewhereLimits.againAfterMs) {
          const timer = setTimeout(() => {
            timers.delete(timer)
            publish(kept.map((one) => one.asked))
          }, ms)
          timers.add(timer)
        }
      })
      return async () => {
        forget()
        for (const timer of timers) clearTimeout(timer)
        await listening
        await presence.unsubscribe(topic, hear)
      }
    },
  }
}

function isMeant(room: OpenRoom, { roomId, channelId, hostId }: Where): boolean {
  return (
    (roomId === undefined || room.roomId === roomId) &&
    (channelId === undefined || room.channelId === channelId) &&
    (hostId === undefined || room.hostId === hostId)
  )
}

function apply(room: OpenRoom, wanted: What): unknown {
  switch (wanted.ask) {
    case 'refreshStanding':
      return room.refreshStanding?.(wanted.userId)
    case 'refreshChannel':
      return room.refreshChannel?.()
    case 'purge':
      return room.purge?.(wanted.userId)
    case 'dismiss':
      return room.dismiss?.(wanted.userId)
    case 'signOut':
      return room.signOut?.(wanted.userId, wanted.sid)
    case 'handOn':
      return room.handOn?.(wanted.userId, wanted.sids)
    case 'removeLines':
      return room.removeLines?.(wanted.ids)
    case 'restoreLines':
      return room.restoreLines?.(wanted.lines)
  }
}

function standIn(of: Where, ask: (of: Where, wanted: What) => void): OpenRoom {
  const { roomId = 'elsewhere' } = of
  return {
    roomId,
    refreshStanding: (userId) => ask(of, { ask: 'refreshStanding', userId }),
    refreshChannel: () => ask(of, { ask: 'refreshChannel' }),
    purge: (userId) => ask(of, { ask: 'purge', userId }),
    dismiss: (userId) => ask(of, { ask: 'dismiss', userId }),
    signOut: (userId, sid) => ask(of, { ask: 'signOut', userId, sid }),
    handOn: (userId, sids) => ask(of, { ask: 'handOn', userId, sids }),
    removeLines: (ids) => ask(of, { ask: 'removeLines', ids }),
    restoreLines: (lines) => ask(of, { ask: 'restoreLines', lines }),
    async endStream() {
      const isOpen = (await matchMaker.findRoomsByIds([roomId])).has(roomId)
      if (!isOpen) return undefined
      return (await matchMaker.remoteRoomCall(roomId, 'endStream')) as boolean
    },
  }
}
