/** Odeon under load: the real kit with ports that cost nothing, real matchmaking and joins. */
import { randomUUID } from 'node:crypto'
import { PendingSeats, type RoomPorts } from '@odeon/rooms'
import { hashOf, longestQueue, openRoom, sampledQueue } from '../hosts/colyseus-host.ts'
import { Drive } from '../hosts/drive.ts'
import { obey } from '../hosts/obey.ts'
import { defineBenchRoom } from './bench-room.ts'

const quiet = () => {}
const ports: RoomPorts = {
  authenticator: {
    authenticate: (token) =>
      Promise.resolve({ userId: token, name: token, kind: 'guest', platformRole: 'user' }),
  },
  archive: {
    open: () => Promise.resolve({ epoch: 1, head: 0 }),
    tail: () => Promise.resolve([]),
    append: () => true,
    amend: () => true,
    flush: () => Promise.resolve(),
    closeRoom: () => Promise.resolve(),
  },
  meter: {
    command: quiet,
    frame: quiet,
    closed: quiet,
    skipped: quiet,
    thinned: quiet,
    resynced: quiet,
  },
  logger: {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (facts) => process.stderr.write(`${JSON.stringify(facts)}\n`),
  },
  world: { now: Date.now, newId: randomUUID, random: Math.random },
  seats: new PendingSeats(),
}

const BenchRoom = defineBenchRoom(ports)
const { room, ready } = await openRoom((server) => server.define('bench', BenchRoom as never))
const odeon = room as unknown as InstanceType<typeof BenchRoom>
const drive = new Drive({
  say: (text) => odeon.say(text),
  flush: () => odeon.flush(),
  isBusy: () => odeon.isBusy,
  queuedBytes: () => sampledQueue(room),
  change: (tick) => odeon.change(tick),
})
obey(
  drive,
  {
    members: () => room.clients.length,
    stateHash: () => hashOf(odeon.state),
    queuedBytesMax: () => longestQueue(room),
  },
  ready,
)
