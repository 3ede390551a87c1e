/**
 * Ends what LiveKit still carries of rooms that are over: a process may die between the end of a
 * stream and the end of its media, and nobody else would.
 */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Streams } from '../../streams/streams.ts'
import type { LiveKitMedia } from './livekit-media.ts'

export const sweepLimits = {
  /** How often it is looked; besides, as soon as LiveKit answers. */
  everyMs: 60_000,
  lookEveryMs: 1_000,
  /** Rooms of LiveKit whose streams one round looks up; the next goes on behind them. */
  lookedUpMax: 10_000,
  /** Rooms that one round ends, so many side by side; the next ends more. */
  endedMax: 100,
  endedAtOnce: 8,
} as const

export interface SweepDeps {
  media: Pick<LiveKitMedia, 'isUp' | 'roomIds' | 'endLeft'>
  streams: Pick<Streams, 'ended'>
  world: Pick<World, 'now'>
  log: Logger
}

/** Rooms of streams by their names, as `liveRoomId` makes them; a LiveKit may carry others, too. */
const ours = /^live_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Looks now and then until the result is called. */
export function keepRoomsSwept(deps: SweepDeps): () => Promise<void> {
  const { media, world, log } = deps
  const sweep = roomSweep(deps)
  let dueAt = 0
  let running: Promise<void> | undefined
  const look = () => {
    if (!media.isUp) dueAt = 0
    else if (running === undefined && world.now() >= dueAt) {
      dueAt = world.now() + sweepLimits.everyMs
      running = sweep()
        .then((ended) => {
          if (ended > 0) log.info({ rooms: ended }, 'media of rooms that are over were ended')
        })
        // The next round tries again.
        .catch((err: unknown) =>
          log.warn({ err }, 'media of rooms that are over were not looked for'),
        )
        .finally(() => {
          running = undefined
        })
    }
  }
  look()
  const timer = setInterval(look, sweepLimits.lookEveryMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** One round each time; says how many rooms it ended. */
export function roomSweep({ media, streams, log }: SweepDeps): () => Promise<number> {
  let after = ''

  /** Streams by the rooms that LiveKit has, some of them if there are many. */
  const lookedUp = async (): Promise<Map<string, string>> => {
    const names = (await media.roomIds()).filter((name) => name > after && ours.test(name)).sort()
    const some = names.slice(0, sweepLimits.lookedUpMax)
    after = names.length > some.length ? (some.at(-1) ?? '') : ''
    return new Map(some.map((name) => [name.replace(ours, '$1'), name]))
  }

  const end = (roomId: string) =>
    media.endLeft(roomId).catch((err: unknown) => {
      log.warn(
        { err, room: roomId },
        'a room that is over was not ended; the next round tries again',
      )
      return false
    })

  return async () => {
    const rooms = await lookedUp()
    if (rooms.size === 0) return 0
    // Of streams that are not known here another house may know, whose LiveKit this is, too.
    const ended = await streams.ended([...rooms.keys()])
    const some = ended.flatMap((id) => rooms.get(id) ?? []).slice(0, sweepLimits.endedMax)
    let count = 0
    while (some.length > 0) {
      const now = some.splice(0, sweepLimits.endedAtOnce)
      count += (await Promise.all(now.map(end))).filter(Boolean).length
    }
    return count
  }
}
