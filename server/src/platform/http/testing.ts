/** An HTTP app on a free port, for tests of this platform and of endpoints that stand on it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TokenRefused } from '@odeon/rooms/ports'
import { v7 } from 'uuid'
import { createLogger } from '../logging.ts'
import { atFileEnd } from '../testing/file-end.ts'
import type { Authenticate } from './authorise.ts'
import { clientAddress } from './client-address.ts'
import type { Endpoint } from './endpoint.ts'
import { answerTheRest, httpApp, mountEndpoints } from './http-app.ts'
import { originPolicy } from './origins.ts'
import { type LimitFigures, rateLimits } from './rate-limits.ts'

export interface TestAppOptions {
  endpoints: Endpoint[]
  authenticate?: Authenticate
  allowedOrigins?: string[]
  trustedProxies?: string[]
  limits?: Partial<LimitFigures>
  production?: boolean
}

export interface TestApp {
  url: string
  /** Every line logged so far, as text. */
  log: string[]
  fetch: (path: string, init?: RequestInit & { json?: unknown }) => Promise<Response>
}

/** Limits are out of the way unless a test sets them. */
export async function testApp(options: TestAppOptions): Promise<TestApp> {
  const log: string[] = []
  const origins = originPolicy(options.allowedOrigins)
  const app = httpApp({
    log: createLogger({ level: 'debug', destination: { write: (line) => void log.push(line) } }),
    newId: v7,
    address: clientAddress(options.trustedProxies),
    origins,
  })
  mountEndpoints(app, options.endpoints, {
    authenticate: options.authenticate ?? nobodyIsKnown,
    limits: rateLimits({ anonymousMax: 1e6, signedInMax: 1e6, guestMax: 1e6, ...options.limits }),
    origins,
    production: options.production ?? false,
  })
  answerTheRest(app)
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atFileEnd(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    log,
    fetch(path, { json, ...init } = {}) {
      const headers = new Headers(init.headers)
      if (json !== undefined) headers.set('content-type', 'application/json')
      const body = json === undefined ? init.body : JSON.stringify(json)
      return fetch(url + path, { ...init, headers, ...(body != null && { body }) })
    },
  }
}

async function nobodyIsKnown(): Promise<never> {
  throw new TokenRefused('nobody is known here')
}

/** The error of an answer, for assertions on its code and fields. */
export async function errorOf(response: Response) {
  const { error } = (await response.json()) as {
    error: {
      code: string
      message: string
      requestId: string
      fields?: Record<string, string>
      problems?: Record<string, { code: string }>
      retryAfterMs?: number
    }
  }
  return error
}
