/**
 * The answer to a handshake and the confirmation of the join, which mostly stands behind it in the
 * same turn of the event loop, leave in one write.
 */
import type { IncomingMessage } from 'node:http'
import type { WebSocketTransport } from '@colyseus/ws-transport'

/** Call before the first connection. */
export function joinHandshakes(transport: WebSocketTransport): void {
  const { wss } = transport as unknown as { wss: NodeJS.EventEmitter }
  wss.on('headers', (_lines: string[], { socket }: IncomingMessage) => {
    socket.cork()
    setImmediate(() => socket.uncork())
  })
}
