/**
 * The HTTP application: what every request meets first, the endpoints, and what answers the rest.
 * `compose.ts` puts it together: `httpApp` → `mountEndpoints` → pages → `answerTheRest`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import express from 'express'
import type { Endpoint } from './endpoint.ts'
import type { OriginPolicy } from './origins.ts'
import { commonRefusal } from './refusal.ts'
import { type FactsDeps, factsOf, noteFacts } from './request-facts.ts'
import { type EndpointDeps, runEndpoint } from './run-endpoint.ts'
import { securityHeaders } from './security-headers.ts'
import { sendNothing, sendRefusal } from './send-reply.ts'

export interface HttpAppDeps extends FactsDeps {
  origins: OriginPolicy
  /** Further origins that pages of this server may connect to at this moment. */
  connectTo?: () => readonly string[]
  /** Further origins whose films they may play. */
  playFrom?: readonly string[] | undefined
  /** Further hosts to which they may send forms. */
  sendTo?: readonly string[] | undefined
}

export function httpApp(deps: HttpAppDeps): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((request, response, next) => {
    noteFacts(deps, request, response)
    next()
  })
  app.use(securityHeaders(deps))
  app.use((request, response, next) => {
    const { origin, host } = request.headers
    const headers = deps.origins.corsHeaders(origin, host)
    // Colyseus may have answered before us, and it welcomes everybody.
    response.removeHeader('access-control-allow-origin')
    response.removeHeader('access-control-allow-credentials')
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (request.method !== 'OPTIONS' || origin === undefined) next()
    else if (deps.origins.allowed(origin, host)) sendNothing(request, response)
    else sendRefusal(request, response, commonRefusal('origin_refused'))
  })
  return app
}

/**
 * Adds endpoints. Another method on one of their paths answers 405 with what is allowed. A path
 * that is written out comes before one with a parameter that it would fit, too.
 */
export function mountEndpoints(
  app: express.Express,
  endpoints: readonly Endpoint[],
  deps: EndpointDeps,
): void {
  const byPath = Map.groupBy(endpoints, (endpoint) => endpoint.path)
  const hasParameter = ([path]: readonly [string, unknown]) => Number(path.includes(':'))
  for (const [path, own] of [...byPath].toSorted((a, b) => hasParameter(a) - hasParameter(b))) {
    const methods = own.map((endpoint) => endpoint.method)
    const allow = methods.includes('GET') ? [...methods, 'HEAD'] : methods
    app.all(path, (request, response) => {
      const wanted = request.method === 'HEAD' ? 'GET' : request.method
      const endpoint = own.find((candidate) => candidate.method === wanted)
      if (endpoint) return runEndpoint(endpoint, deps, request, response)
      response.setHeader('allow', allow.join(', '))
      sendRefusal(request, response, commonRefusal('method_not_allowed'))
    })
  }
}

/** Comes last: everything not answered yet is not found, and everything thrown is a fault. */
export function answerTheRest(app: express.Express): void {
  app.use((request, response) => sendRefusal(request, response, commonRefusal('not_found')))
  app.use(
    (
      error: unknown,
      request: IncomingMessage,
      response: ServerResponse,
      next: (e: unknown) => void,
    ) => {
      if (response.headersSent) return next(error)
      // Express says so itself when a path cannot be decoded.
      if (error instanceof URIError || statusOf(error) === 400) {
        return sendRefusal(request, response, commonRefusal('invalid'))
      }
      factsOf(request).log.error({ err: error }, 'fault')
      sendRefusal(request, response, commonRefusal('unavailable'))
    },
  )
}

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
}
