/** What is counted of picture and sound: what LiveKit tells this process, and whom it puts out. */
import type { MediaSource } from '@odeon/rooms/protocol'
import { Counter, Gauge, type Registry } from 'prom-client'

export type PutOutReason = 'not_granted' | 'too_many_tabs' | 'false_track' | 'false_identity'

export interface MediaMeter {
  /** A telling at the webhook. */
  telling(outcome: 'heard' | 'refused' | 'too_large'): void
  /** LiveKit was asked to end a connection. */
  putOut(reason: PutOutReason): void
}

/** What is looked at when somebody asks. */
export interface MediaNow {
  isUp: boolean
  /** By room, by person who is connected: what they send. */
  rooms: readonly ReadonlyMap<string, ReadonlySet<MediaSource>>[]
}

export function mediaMeter(now: () => MediaNow, registry?: Registry): MediaMeter {
  const registers = registry ? [registry] : []
  const gauge = (name: string, help: string, value: (now: MediaNow) => number) =>
    new Gauge({
      name: `odeon_media_${name}`,
      help,
      registers,
      collect() {
        this.set(value(now()))
      },
    })
  const people = ({ rooms }: MediaNow) => rooms.flatMap((room) => [...room.values()])
  gauge('up', 'Whether LiveKit answers', ({ isUp }) => Number(isUp))
  gauge('rooms', 'Rooms with people connected', ({ rooms }) => withSome(rooms, () => true))
  gauge('streams', 'Rooms in which something is sent', ({ rooms }) =>
    withSome(rooms, (sending) => sending.size > 0),
  )
  gauge('people', 'People connected', (at) => people(at).length)
  // Nobody calls it: it looks by itself.
  void new Gauge({
    name: 'odeon_media_sending',
    help: 'People who send',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset()
      for (const sources of people(now())) for (const source of sources) this.inc({ source })
    },
  })
  const tellings = new Counter({
    name: 'odeon_media_tellings_total',
    help: 'Tellings at the webhook',
    labelNames: ['outcome'],
    registers,
  })
  const putOut = new Counter({
    name: 'odeon_media_put_out_total',
    help: 'Connections ended',
    labelNames: ['reason'],
    registers,
  })
  return {
    telling: (outcome) => tellings.inc({ outcome }),
    putOut: (reason) => putOut.inc({ reason }),
  }
}

const withSome = (
  rooms: MediaNow['rooms'],
  is: (sending: ReadonlySet<MediaSource>) => boolean,
): number => rooms.filter((room) => [...room.values()].some(is)).length
