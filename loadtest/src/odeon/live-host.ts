/** A live room that can be made old: whoever joins then finds what a day has left in it. */
import { matchMaker, type Room } from '@colyseus/core'
import { defineLiveRoom, liveRoomId, type LiveState } from '@odeon/rooms'
import { hashOf, longestQueue, openServer, seatOf } from '../hosts/colyseus-host.ts'
import { Drive } from '../hosts/drive.ts'
import { obey } from '../hosts/obey.ts'
import { textOf } from '../hosts/text.ts'
import { livePorts } from './live-ports.ts'
import { seatRoute } from './seat-route.ts'
import { visit } from './visit.ts'

/** Of an hour in the room's life. */
const visitsPerHour = 4_000
const linesPerVisit = 2
const hourMs = 3_600_000
const atOnce = 20

let aheadMs = 0
const LiveRoom = defineLiveRoom(livePorts(() => Date.now() + aheadMs))

/** What it tells those who are there is no part of what a join costs. */
class SilentRoom extends LiveRoom {
  override autoDispose = false

  protected override beforeFrame(): void {}
  protected override onBeat(): void {}
}

const port = await openServer((server) => server.define('live', SilentRoom as never), {
  pingEveryMs: 0,
  answer: seatRoute,
})
const streamId = 'stream'
await matchMaker.createRoom('live', { streamId })
const roomId = liveRoomId(streamId)
const room: Room<{ state: LiveState }> = matchMaker.getLocalRoomById(roomId)

let visits = 0
let lines = 0

async function oneVisit(): Promise<void> {
  visits += 1
  const userId = `visitor-${visits}`
  const requestId = (what: string) => `${what}-${visits}-00000000`
  const said = Array.from({ length: linesPerVisit }, (_, line) => {
    lines += 1
    return ['chat.send', { requestId: requestId(`line${line}`), text: textOf(lines, 0n) }] as const
  })
  const reaction = ['reaction.send', { requestId: requestId('heart'), kind: 'heart' }] as const
  const identity = { userId, name: userId, kind: 'guest', platformRole: 'user' } as const
  await visit(room, identity, [...said, reaction])
}

/** Fails when the room did not take what was said. */
async function age(hours: number): Promise<void> {
  const count = Math.round(visitsPerHour * hours)
  const before = room.state.reactions.heart
  for (let done = 0; done < count; done += atOnce) {
    await Promise.all(Array.from({ length: Math.min(atOnce, count - done) }, oneVisit))
    aheadMs += (hourMs / visitsPerHour) * atOnce
  }
  const taken = room.state.reactions.heart - before
  if (taken !== count) throw new Error(`of ${count} reactions the room took ${taken}`)
}

obey(
  new Drive({
    say() {},
    flush() {},
    isBusy: () => false,
    queuedBytes: () => 0,
    change() {},
  }),
  {
    members: () => room.clients.length,
    stateHash: () => hashOf(room.state),
    queuedBytesMax: () => longestQueue(room),
    age,
  },
  { port, seat: seatOf(roomId), roomId },
)
