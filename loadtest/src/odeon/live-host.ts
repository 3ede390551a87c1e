/** A live room that can be made old: whoever joins then finds what a day has left in it. */
import { matchMaker, type Room } from '@colyseus/core'
import { defineLiveRoom, liveRoomId, type LiveState } from '@odeon/rooms'
import { openServer, seatOf } from '../hosts/colyseus-host.ts'
import { Drive } from '../hosts/drive.ts'
import { obey } from '../hosts/obey.ts'
import { textOf } from '../hosts/text.ts'
import { livePorts } from './live-ports.ts'
import { seatRoute } from './seat-route.ts'
import { visit } from './visit.ts'

const dayHours = 24
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
const roomId = liveRoomId(streamId)
let visits = 0
let lines = 0

async function openRoom(stream: string): Promise<Room<{ state: LiveState }>> {
  await matchMaker.createRoom('live', { streamId: stream })
  return matchMaker.getLocalRoomById(liveRoomId(stream))
}

async function oneVisit(room: Room): Promise<void> {
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
async function live(room: Room<{ state: LiveState }>, hours: number, visitsPerHour: number) {
  const count = Math.round(visitsPerHour * hours)
  for (let done = 0; done < count; done += atOnce) {
    const now = Math.min(atOnce, count - done)
    await Promise.all(Array.from({ length: now }, () => oneVisit(room)))
    aheadMs += (hourMs / visitsPerHour) * now
  }
  const taken = room.state.reactions.heart
  if (taken !== count) throw new Error(`of ${count} reactions the room took ${taken}`)
}

/** The rest of the day passes in another room before: old and young find the same process. */
async function age(hours: number, visitsPerHour: number): Promise<void> {
  await live(await openRoom('elsewhere'), dayHours - hours, visitsPerHour)
  await live(await openRoom(streamId), hours, visitsPerHour)
}

const here = (): Room | undefined => matchMaker.getLocalRoomById(roomId)

obey(
  new Drive({
    say() {},
    flush() {},
    isBusy: () => false,
    queuedBytes: () => 0,
    change() {},
  }),
  {
    members: () => here()?.clients.length ?? 0,
    stateHash: () => '',
    queuedBytesMax: () => 0,
    age,
  },
  { port, seat: seatOf(roomId), roomId },
)
