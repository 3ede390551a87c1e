/**
 * Stock Colyseus for the benchmark of finding a room: its Redis driver and presence as they come,
 * `joinOrCreate` with a filter by stream.
 */
import { initializeRoomCache, matchMaker, Room, Server } from '@colyseus/core'
import { RedisDriver } from '@colyseus/redis-driver'
import { RedisPresence } from '@colyseus/redis-presence'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { answerAsks } from '../discovery/asks.ts'

class LiveRoom extends Room {
  override autoDispose = false
  override maxClients = 20_000
  /** Short: what many pending seats cost here is another benchmark's. */
  override seatReservationTimeout = 1
}

const silent = { debug() {}, info() {}, warn() {}, error() {}, log() {}, trace() {} }
const [redisUrl = ''] = process.argv.slice(2)
const driver = new RedisDriver(redisUrl)
const server = new Server({
  transport: new WebSocketTransport(),
  driver,
  presence: new RedisPresence(redisUrl),
  greet: false,
  gracefullyShutdown: false,
  logger: silent,
})
server.define('live', LiveRoom).filterBy(['streamId'])
await server.listen(0, '127.0.0.1')
const { processId } = matchMaker
const streamId = crypto.randomUUID()
const find = () => matchMaker.joinOrCreate('live', { streamId })
await find()
answerAsks(
  {
    find,
    list: (roomId) => {
      const more = { streamId: roomId.slice('live_'.length) }
      const entry = { roomId, processId, name: 'live', maxClients: 20_000, ...more }
      return driver.persist(initializeRoomCache(entry))
    },
    unlist: (roomId) => driver.remove(roomId),
  },
  () => Promise.resolve(),
)
