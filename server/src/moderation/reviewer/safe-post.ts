/**
 * One signed POST to an address that somebody else chose: resolved, checked, and connected to the
 * very address that was checked (no rebinding), without redirects, in bounded time and size.
 */
import { createHmac } from 'node:crypto'
import { lookup as systemLookup } from 'node:dns'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isLoopback, isPublicAddress } from './public-address.ts'
import { reviewerLimits } from './reviewer-limits.ts'

export class AddressRefused extends Error {
  override name = 'AddressRefused'
}

export interface SafePostDeps {
  /** For development alone: an address of this machine, over plain HTTP, is taken too. */
  allowLoopback: boolean
  /** The system's resolver unless a test says otherwise. */
  lookup?: Lookup
}

type Lookup = (
  host: string,
  options: { all: true },
  done: (error: Error | null, addresses: { address: string; family: number }[]) => void,
) => void

/** The address as it will be asked; throws `AddressRefused` for what no reviewer can live at. */
export function checkedUrl(text: string, { allowLoopback }: SafePostDeps): URL {
  if (!URL.canParse(text)) throw new AddressRefused('not an address')
  const url = new URL(text)
  const host = bareHost(url)
  const isHome = allowLoopback && (host === 'localhost' || isLoopback(host))
  if (url.protocol !== 'https:' && !(isHome && url.protocol === 'http:')) {
    throw new AddressRefused('only https')
  }
  if (url.username !== '' || url.password !== '') throw new AddressRefused('a name in the address')
  const port = Number(url.port || '443')
  if (port !== 443 && port < 1_024) throw new AddressRefused('a port of the system')
  if (isIP(host) !== 0 && !isHome && !isPublicAddress(host)) throw new AddressRefused('not public')
  return url
}

const bareHost = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

/** The body of an answer with status 200. Rejects when there is none in time. */
export function safePost(
  deps: SafePostDeps,
  ask: { url: string; body: string; secret: string; timeoutMs: number },
): Promise<string> {
  const url = checkedUrl(ask.url, deps)
  const signal = AbortSignal.timeout(ask.timeoutMs)
  const send = url.protocol === 'https:' ? secureRequest : plainRequest
  const body = Buffer.from(ask.body)
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        signal,
        // A connection of its own: none is reused that was made to another address.
        agent: false,
        lookup: checkedLookup(deps),
        headers: {
          'content-type': 'application/json',
          'content-length': body.byteLength,
          'user-agent': 'Odeon-Reviewer/1',
          'x-odeon-signature': `sha256=${signatureOf(ask.secret, ask.body)}`,
        },
      },
      (response) => void readBounded(response).then(resolve, reject),
    )
    request.on('error', reject)
    request.end(body)
  })
}

export function signatureOf(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** Resolves as the system does and gives back an address only if every one of them is public. */
function checkedLookup({ allowLoopback, lookup = systemLookup }: SafePostDeps): LookupFunction {
  return (host, options, done) => {
    lookup(host, { all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const isHome = allowLoopback && found.every(({ address }) => isLoopback(address))
      const [first] = found
      if (!first || !(isHome || found.every(({ address }) => isPublicAddress(address)))) {
        return done(new AddressRefused('not public'), '', 0)
      }
      if (options.all) done(null, found)
      else done(null, first.address, first.family)
    })
  }
}

async function readBounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`)
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength
      if (bytes > reviewerLimits.replyBytesMax) throw new Error('the answer is too long')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } finally {
    response.destroy()
  }
}
