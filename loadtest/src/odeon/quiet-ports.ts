/** Ports that cost nothing, so that what is measured is the rooms. */
import { randomUUID } from 'node:crypto'
import { PendingSeats, type RoomPorts } from '@odeon/rooms'

const quiet = () => {}

export const quietPorts: RoomPorts = {
  authenticator: {
    authenticate: (token) =>
      Promise.resolve({
        userId: token,
        name: token,
        kind: 'guest',
        platformRole: 'user',
        sid: token,
      }),
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
