// Socket.IO 4 as one of several processes with the Redis adapter: `emit` reaches those of all.
import { createServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'
import { Drive } from '../src/hosts/drive.ts'
import { obey } from '../src/hosts/obey.ts'

const http = createServer()
const redis = new Redis(process.env.REDIS_URL)
const adapter = createAdapter(redis, redis.duplicate())
const options = { transports: ['websocket'], serveClient: false, pingInterval: 30_000, adapter }
const io = new Server(http, options)

let seq = 0
function say(text) {
  seq += 1
  io.emit('chat.posted', { seq, at: Date.now(), text })
}

const drive = new Drive({
  say,
  flush: () => {},
  isBusy: () => false,
  queuedBytes: () => 0,
  change: () => {},
})
const inside = {
  members: () => io.engine.clientsCount,
  stateHash: () => '',
  queuedBytesMax: () => 0,
}
http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  obey(drive, inside, { port: http.address().port })
})
