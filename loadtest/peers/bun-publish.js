// Bun's `publish` (µWebSockets inside) under load: one topic, everybody subscribed. Runs under Bun.
import { Drive } from '../src/hosts/drive.ts'
import { obey } from '../src/hosts/obey.ts'

const sockets = []
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request, server) =>
    server.upgrade(request) ? undefined : new Response('a WebSocket is wanted', { status: 426 }),
  websocket: {
    idleTimeout: 120,
    backpressureLimit: 1 << 24,
    open(socket) {
      sockets.push(socket)
      socket.subscribe('room')
    },
    message() {},
  },
})

let turn = 0
function sampledQueue() {
  let most = 0
  for (let at = 0; at < Math.min(32, sockets.length); at += 1) {
    turn = (turn + 7) % sockets.length
    const [a, b] = [sockets[at], sockets[turn]]
    most = Math.max(most, a.getBufferedAmount(), b.getBufferedAmount())
  }
  return most
}

let seq = 0
function say(text) {
  seq += 1
  server.publish('room', JSON.stringify(['chat.posted', { seq, at: Date.now(), text }]))
}

const drive = new Drive({
  say,
  flush: () => {},
  isBusy: () => false,
  queuedBytes: sampledQueue,
  change: () => {},
})
const inside = {
  members: () => sockets.length,
  stateHash: () => '',
  queuedBytesMax: () => sockets.reduce((most, s) => Math.max(most, s.getBufferedAmount()), 0),
}
obey(drive, inside, { port: server.port })
