// Socket.IO 4 under load: everything said with `emit` to all sockets.
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { Drive } from '../src/hosts/drive.ts'
import { obey } from '../src/hosts/obey.ts'

const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false, pingInterval: 30_000 })
const sockets = []
io.on('connection', (socket) => sockets.push(socket.conn))

const queuedBytesOf = (conn) => conn.transport.socket?._socket?.writableLength ?? 0
let turn = 0
function sampledQueue() {
  let most = 0
  for (let at = 0; at < Math.min(32, sockets.length); at += 1) {
    turn = (turn + 7) % sockets.length
    most = Math.max(most, queuedBytesOf(sockets[at]), queuedBytesOf(sockets[turn]))
  }
  return most
}

let seq = 0
function say(text) {
  seq += 1
  io.emit('chat.posted', { seq, at: Date.now(), text })
}

const drive = new Drive({
  say,
  flush: () => {},
  isBusy: () => false,
  queuedBytes: sampledQueue,
  change: () => {},
})
http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const inside = {
    members: () => io.engine.clientsCount,
    stateHash: () => '',
    queuedBytesMax: () => sockets.reduce((most, conn) => Math.max(most, queuedBytesOf(conn)), 0),
  }
  obey(drive, inside, { port: http.address().port })
})
