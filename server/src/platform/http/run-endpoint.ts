/**
 * The way of every request, in the order the code runs: origin, size, who, how often, body, may
 * they, is it valid, the handler, the answer.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { attemptSignIn, authorise, type Authenticate } from './authorise.ts'
import { parseCookies, serializeCookie } from './cookies.ts'
import type { Context, Endpoint, SignedIn } from './endpoint.ts'
import type { OriginPolicy } from './origins.ts'
import type { Asker, RateLimits } from './rate-limits.ts'
import { bodyLimits, readBody, readBytes } from './read-body.ts'
import { type Input, readInput } from './read-input.ts'
import { commonRefusal, commonRefusals, HttpRefusal, Refused } from './refusal.ts'
import { factsOf } from './request-facts.ts'
import {
  BytesReply,
  FileReply,
  sendBytes,
  sendFile,
  sendJson,
  sendNothing,
  sendRefusal,
  sendText,
} from './send-reply.ts'

export interface EndpointDeps {
  authenticate: Authenticate
  limits: RateLimits
  origins: OriginPolicy
  /** False checks every reply against its shape; a reply that differs is then a fault. */
  production: boolean
}

export interface EndpointRequest extends IncomingMessage {
  params: Record<string, unknown>
}

/** Answers one request. Never rejects: what goes wrong becomes a refusal or a fault. */
export async function runEndpoint(
  endpoint: Endpoint,
  deps: EndpointDeps,
  request: EndpointRequest,
  response: ServerResponse,
): Promise<void> {
  const facts = factsOf(request)
  facts.route = endpoint.path
  try {
    const reply = await answer(endpoint, deps, request, response)
    if (reply === undefined) sendNothing(request, response)
    else if (reply instanceof BytesReply) sendBytes(request, response, reply)
    else if (reply instanceof FileReply) await sendFile(request, response, reply)
    else if (endpoint.produces && typeof reply === 'string') {
      sendText(request, response, endpoint.status, endpoint.produces, reply)
    } else {
      const maxAge = endpoint.maxAgeSeconds?.(reply as never) ?? 0
      if (maxAge > 0) response.setHeader('cache-control', `public, max-age=${maxAge}`)
      sendJson(request, response, endpoint.status, reply)
    }
  } catch (error) {
    if (error instanceof HttpRefusal) {
      const { authorization } = request.headers
      if (error.code === 'too_large') endpoint.upload?.tooLarge?.(authorization)
      sendRefusal(request, response, error)
    } else {
      facts.log.error({ err: error, route: endpoint.path }, 'fault')
      sendRefusal(request, response, commonRefusal('unavailable'))
    }
  }
}

async function answer(
  endpoint: Endpoint,
  deps: EndpointDeps,
  request: EndpointRequest,
  response: ServerResponse,
): Promise<unknown> {
  const facts = factsOf(request)
  const { ip } = facts
  checkOrigin(endpoint, deps.origins, request)
  const bytesMax = endpoint.upload?.bytesMax ?? bodyLimits.bytesMax
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw commonRefusal('too_large')
  const attempt = await attemptSignIn(deps.authenticate, request.headers.authorization, { ip })
  const asker: Asker = { ip }
  if (typeof attempt === 'object') asker.userId = facts.userId = attempt.userId
  await limit(endpoint, deps.limits, asker)
  // Nobody fills our memory with a large body without being allowed to.
  if (endpoint.upload) authorise(endpoint.auth, attempt)
  const rawBody = endpoint.upload
    ? await readBytes(request, endpoint.upload, asker.userId ?? ip)
    : await readBody(request)
  const identity = authorise(endpoint.auth, attempt)
  const input = readInput(endpoint, request, rawBody)
  await limit(endpoint, deps.limits, asker, { body: input.body })

  const reply = await endpoint.handle(contextFor(endpoint, request, response, input, identity))
  if (!deps.production) checkReply(endpoint, reply)
  return reply
}

/** A foreign page is refused everywhere; where cookies count, its absence needs a reason too. */
function checkOrigin(endpoint: Endpoint, origins: OriginPolicy, request: IncomingMessage): void {
  const { origin, host, cookie } = request.headers
  if (!origins.allowed(origin, host)) throw commonRefusal('origin_refused')
  if (!endpoint.usesCookies || origin !== undefined) return
  const fromElsewhere = request.headers['sec-fetch-site'] === 'cross-site'
  // A form or an image cannot set a header of its own; our clients and programs can.
  const unexplained = cookie !== undefined && request.headers['x-odeon-client'] === undefined
  if (fromElsewhere || unexplained) throw commonRefusal('origin_refused')
}

async function limit(
  endpoint: Endpoint,
  limits: RateLimits,
  asker: Asker,
  validated?: { body: unknown },
): Promise<void> {
  for (const rule of endpoint.limit) {
    if ((rule.by === undefined) !== (validated === undefined)) continue
    const key = validated && rule.by?.(validated.body)
    const retryAfterMs = await limits.take(rule.limit, asker, key)
    if (retryAfterMs > 0) throw commonRefusal('rate_limited', { retryAfterMs })
  }
}

function contextFor(
  endpoint: Endpoint,
  request: EndpointRequest,
  response: ServerResponse,
  input: Input,
  identity: SignedIn | undefined,
): Context {
  const facts = factsOf(request)
  const refuse: Context['refuse'] = (code, extra) => {
    const own = endpoint.refusals[code]
    const spec = own ?? commonRefusals[code as keyof typeof commonRefusals]
    if (!spec) throw new Error(`${endpoint.path} refused with an undeclared code: ${code}`)
    throw new HttpRefusal(code, spec, extra)
  }
  return {
    ...input,
    identity,
    ip: facts.ip,
    requestId: facts.requestId,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
    log: facts.log,
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
    cookies: parseCookies(request.headers.cookie),
    setCookie: (name, value, options) =>
      response.appendHeader('set-cookie', serializeCookie(name, value, options, facts.https)),
    refuse,
    settle: (outcome) => {
      if (outcome instanceof Refused) refuse(outcome.code, outcome.extra)
      return outcome as Exclude<typeof outcome, Refused<string>>
    },
  }
}

function checkReply(endpoint: Endpoint, reply: unknown): void {
  const result = endpoint.reply.safeParse(reply)
  if (result.success) return
  const where = result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')
  throw new Error(`${endpoint.method} ${endpoint.path} answers other than it says: ${where}`)
}
