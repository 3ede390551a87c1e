/** The way to the server over HTTP, and who is signed in on it. */
import { Transport, type TransportOptions } from '../http/transport.ts'
import type { World } from '../world.ts'
import { cookieMark, memoryStore, type SessionStore } from './session-store.ts'
import { Session } from './session.ts'

interface SessionOptions extends Pick<TransportOptions, 'address' | 'client'> {
  sessionStore?: SessionStore
  httpDeadlineMs?: number
  fetch?: typeof fetch
  world: World
}

const httpDeadlineMs = 15_000

export function openSession(options: SessionOptions): { session: Session; transport: Transport } {
  const { address, client, world } = options
  const transport = new Transport({
    address,
    client,
    // Bound: browsers refuse to run `fetch` as anybody's method.
    fetch: options.fetch ?? ((...request) => fetch(...request)),
    deadlineMs: options.httpDeadlineMs ?? httpDeadlineMs,
  })
  const store =
    options.sessionStore ??
    (client === 'browser' ? cookieMark(`odeon.signed-in:${address}`) : memoryStore())
  return { session: new Session(transport, store, world), transport }
}
