/** A bare room server with a live stream, its host, and a line that can be cut, for each test. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { type RoomServer, startRoomServer } from '../../../rooms/src/testing/room-server.ts'
import { LiveConnection } from '../live/live-connection.ts'
import type { Door } from '../room/way-in.ts'
import type { WakeupHandlers } from '../room/wakeups.ts'
import { realWorld, type World } from '../world.ts'
import { type FlakyLine, flakyLine } from './flaky-line.ts'
import { roomDoor } from './room-door.ts'

export interface RoomBench {
  readonly server: RoomServer
  readonly streamId: string
  readonly host: LiveConnection
  /** The line of those who `enter`. */
  readonly line: FlakyLine
  /** Those who listen for the network and the page, the host first. */
  readonly wakeups: WakeupHandlers[]
  /** `through` may change the way in. */
  enter(who: string, world?: World, through?: (door: Door) => Door): Promise<LiveConnection>
  /** Closes the server's end of somebody's sockets with a code. */
  kick(who: string, code: number): void
}

export function roomBench(): RoomBench {
  let server: RoomServer
  let streams = 0
  let streamId: string
  let host: LiveConnection
  let line: FlakyLine
  const wakeups: WakeupHandlers[] = []
  const logged: unknown[][] = []

  const enter = async (
    who: string,
    url: string,
    {
      world = realWorld,
      through = (door) => door,
    }: { world?: World; through?: (door: Door) => Door } = {},
  ): Promise<LiveConnection> => {
    const room = new LiveConnection({
      streamId,
      world,
      door: through(roomDoor(url, `live_${streamId}`, `user:${who}`)),
      wakeups: {
        listen(handlers) {
          wakeups.push(handlers)
          return () => void wakeups.splice(wakeups.indexOf(handlers), 1)
        },
      },
      history: () => Promise.resolve({ entries: [], more: false }),
    })
    await room.open()
    return room
  }

  beforeAll(async () => {
    for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const) {
      vi.spyOn(console, method).mockImplementation((...words) => void logged.push(words))
    }
    server = await startRoomServer()
  })
  afterAll(async () => {
    await server.stop()
    expect(logged, '[SDK-21] nothing is written to the console').toEqual([])
  })
  beforeEach(async () => {
    streamId = `s${++streams}`
    await server.openStream(streamId, 'ann')
    host = await enter('ann', server.url)
    await host.start()
    line = await flakyLine(server.url)
  })
  afterEach(async () => {
    await line.close()
    await host.leave()
  })

  return {
    get server() {
      return server
    },
    get streamId() {
      return streamId
    },
    get host() {
      return host
    },
    get line() {
      return line
    },
    wakeups,
    enter: (who, world, through) => enter(who, line.url, { world, through }),
    kick(who, code) {
      for (const { auth, ref } of server.room(streamId).clients) {
        const socket = ref as unknown as WebSocket
        if ((auth as { userId: string }).userId === who) socket.close(code)
      }
    },
  }
}

/** What was said in the room, as its list of entries has it. */
export const texts = (room: LiveConnection): string[] =>
  room.entries.flatMap((item) => (item.type === 'chat.posted' ? [item.text] : []))
