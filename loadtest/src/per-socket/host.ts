/**
 * `ws` by itself under load: the same state as patches of the same bytes, sent to each socket,
 * which deflates them for itself where that is asked for.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Encoder } from '@colyseus/schema'
import { WebSocketServer } from 'ws'
import { changeState, openState } from '../hosts/bench-state.ts'
import { Drive } from '../hosts/drive.ts'
import { obey } from '../hosts/obey.ts'

const backlogMax = 4_096
const http = createServer()
const sockets = new WebSocketServer({
  server: http,
  maxPayload: 16 * 1024,
  perMessageDeflate: process.env['COMPRESSION'] === 'on',
})

const state = openState()
const encoder = new Encoder(state)
encoder.encodeAll()
encoder.discardChanges()

/** Sends that are not with the kernel yet. */
let underWay = 0
const sent = (): void => {
  underWay -= 1
}

function sendToAll(bytes: Buffer): void {
  for (const socket of sockets.clients) {
    underWay += 1
    socket.send(bytes, sent)
  }
}

const drive = new Drive({
  say: (text) => sendToAll(Buffer.from(text)),
  flush: () => {},
  isBusy: () => underWay > 0,
  queuedBytes: () => 0,
  change(tick) {
    changeState(state, tick)
    sendToAll(Buffer.from(encoder.encode({ offset: 1 })))
    encoder.discardChanges()
  },
})

const listening = new Promise<void>((resolve) => {
  http.listen({ port: 0, host: '127.0.0.1', backlog: backlogMax }, resolve)
})
await listening
obey(
  drive,
  { members: () => sockets.clients.size, stateHash: () => '', queuedBytesMax: () => 0 },
  { port: (http.address() as AddressInfo).port },
)
