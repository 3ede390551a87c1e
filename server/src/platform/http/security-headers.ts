/** Security headers of every answer, pages included (SEC-09, SEC-11). */
import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'
import { factsOf } from './request-facts.ts'

type Middleware = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void

/**
 * `connectTo` names further origins that pages may talk to at this moment, as a LiveKit's;
 * `playFrom` those they may play films from, `sendTo` those they may send forms to.
 */
export function securityHeaders({
  connectTo = () => [],
  playFrom = [],
  sendTo = [],
}: {
  connectTo?: () => readonly string[]
  playFrom?: readonly string[] | undefined
  sendTo?: readonly string[] | undefined
}): Middleware {
  const shared = {
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'sameorigin' },
  } as const
  const directives = {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'"],
    mediaSrc: ["'self'", 'blob:', ...playFrom],
    workerSrc: ["'self'", 'blob:'],
    // 'self' covers ws: and wss: to this host.
    connectSrc: [() => ["'self'", ...connectTo()].join(' ')],
    manifestSrc: ["'self'"],
    frameAncestors: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    formAction: ["'self'", ...sendTo],
  }
  const inTheClear = helmet({
    ...shared,
    strictTransportSecurity: false,
    contentSecurityPolicy: { useDefaults: false, directives },
  })
  const onHttps = helmet({
    ...shared,
    strictTransportSecurity: { maxAge: 365 * 24 * 3600, includeSubDomains: true },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...directives, upgradeInsecureRequests: [] },
    },
  })
  return (request, response, next) => {
    response.setHeader(
      'permissions-policy',
      'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()',
    )
    if (factsOf(request).https) onHttps(request, response, next)
    else inTheClear(request, response, next)
  }
}
