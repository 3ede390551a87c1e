// A room with many real sockets: some came early, some agreed to deflate, one is the plain SDK.
import { type SchemaType, schema, t } from '@colyseus/schema'
import { matchMaker } from '@colyseus/core'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { memoryPorts } from '../../testing/memory-ports.ts'
import { openRaw, type RawSocket } from '../../testing/raw-socket.ts'
import { join, type RoomServer, startRoomServer } from '../../testing/room-server.ts'
import type { Scope } from '../command.ts'
import { OdeonRoom } from '../odeon-room.ts'
import { kitLimits } from '../protocol.ts'
import { seatAuth } from '../seat-auth.ts'

const State = schema({ board: t.string().default('') }, 'LargeState')
type State = SchemaType<typeof State>
type LargeScope = Scope<State, object>

const ports = memoryPorts()
class LargeRoom extends OdeonRoom<State, object, LargeScope> {
  static override onAuth = seatAuth(ports)
  override maxClients = 1_000
  protected override readonly ports = ports
  protected override readonly commands = {}
  protected override openState() {
    return Promise.resolve(new State())
  }
  protected override openScope(kit: LargeScope) {
    return kit
  }
  protected override admit() {
    return Promise.resolve({ role: 'viewer' as const })
  }
  show(board: string): void {
    this.scope.state.board = board
    this.stage.touch()
  }
}

let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({ large: LargeRoom }, ports)
})
afterAll(() => server.stop())

const { deflateOfferFromSockets: early, deflateForSocketsMin: enough } = kitLimits
const bytesReadBy = ({ tcp }: { tcp: Socket }): number => tcp.bytesRead

test('[FRM-13] [FRM-14] those who came to a large room read one deflated frame; the early and the few stay plain', async () => {
  const { roomId } = await matchMaker.createRoom('large', {})
  const room = matchMaker.getLocalRoomById(roomId) as unknown as LargeRoom
  const sockets: RawSocket[] = []
  const patches: number[] = []
  const enter = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const number = sockets.length
      const socket = await openRaw(server.url, roomId, `user:u${number}`)
      patches[number] = 0
      socket.ws.on('message', (data: Buffer) => {
        if (data.includes('^end')) patches[number] = (patches[number] ?? 0) + 1
      })
      socket.confirm()
      sockets.push(socket)
    }
    await vi.waitFor(() => expect(sockets.every((one) => one.statesSeen() > 0)).toBe(true))
  }
  /** Bytes that each socket reads of one more state. */
  const show = async (): Promise<number[]> => {
    const before = sockets.map(bytesReadBy)
    const seen = [...patches]
    room.show(`${'a name and a score, '.repeat(100)}${seen[0]}^end`)
    await vi.waitFor(() => expect(patches).toEqual(seen.map((count) => count + 1)))
    return sockets.map((socket, at) => bytesReadBy(socket) - (before[at] as number))
  }
  await enter(early + enough - 1)
  expect(sockets.map(({ ws }) => ws.extensions !== '')).toEqual(sockets.map((_, at) => at >= early))
  expect(Math.min(...(await show()))).toBeGreaterThan(2_000)
  const member = await join(server.url, roomId, 'user:member', {})
  const read = await show()
  expect(Math.min(...read.slice(0, early))).toBeGreaterThan(2_000)
  expect(Math.max(...read.slice(early))).toBeLessThan(200)
  await vi.waitFor(() => {
    expect((member.room.state as unknown as State).board).toContain('1^end')
  })
  await member.room.leave()
  // One who took the offer is gone, and so there are too few again.
  await vi.waitFor(async () => expect(Math.min(...(await show()))).toBeGreaterThan(2_000))
  for (const { ws } of sockets) ws.terminate()
})
