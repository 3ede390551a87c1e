/**
 * Which web pages may talk to this server: its own, and those on a list. The same answer serves
 * HTTP, the preflight, WebSocket upgrades and Colyseus' own matchmaking headers (S3).
 */
export interface OriginPolicy {
  /**
   * True for a page of this host or of the list. `origin` undefined means that no page asks:
   * browsers always name one on what could do harm.
   */
  allowed: (origin: string | undefined, host: string | undefined) => boolean
  /** CORS headers for a request; none for a foreign or absent origin. */
  corsHeaders: (origin: string | undefined, host: string | undefined) => Record<string, string>
  /** Colyseus' `matchMaker.controller.getCorsHeaders`. */
  matchmakeCorsHeaders: (headers: Headers) => Record<string, string>
}

/** `allowList` holds full origins such as `https://example.org`. Throws on anything else. */
export function originPolicy(allowList: readonly string[] = []): OriginPolicy {
  const listed = new Set(allowList.map(readOrigin))

  const allowed: OriginPolicy['allowed'] = (origin, host) => {
    if (origin === undefined) return true
    if (listed.has(origin)) return true
    return host !== undefined && hostOf(origin) === host.toLowerCase()
  }

  const corsHeaders = (origin?: string, host?: string): Record<string, string> => {
    if (origin === undefined || !allowed(origin, host)) return { vary: 'Origin' }
    return {
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'authorization, content-type, x-odeon-client',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-expose-headers': 'x-request-id, retry-after',
      'access-control-max-age': '600',
      vary: 'Origin',
    }
  }

  const named = (headers: Headers) =>
    [headers.get('origin') ?? undefined, headers.get('host') ?? undefined] as const

  return {
    allowed,
    corsHeaders,
    matchmakeCorsHeaders: (headers) => corsHeaders(...named(headers)),
  }
}

function hostOf(origin: string): string | undefined {
  if (!/^https?:\/\//i.test(origin) || !URL.canParse(origin)) return undefined
  const url = new URL(origin)
  return url.origin === origin.toLowerCase() ? url.host : undefined
}

function readOrigin(text: string): string {
  if (hostOf(text) === undefined) {
    throw new TypeError(`"${text}" is not an origin such as https://example.org`)
  }
  return text.toLowerCase()
}
