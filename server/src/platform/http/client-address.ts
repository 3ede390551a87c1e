/**
 * Who really is at the other end. Forwarding headers are believed only when the socket's peer is
 * a proxy we were told to trust; from anybody else they are text (S4).
 */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

type Request = Pick<IncomingMessage, 'headers' | 'socket'>

export interface ClientAddress {
  ip: (request: Request) => string
  https: (request: Request) => boolean
  /** True when the peer is a trusted proxy, so that its own headers may be believed. */
  viaProxy: (request: Request) => boolean
}

/**
 * `trustedProxies` holds addresses and CIDR ranges; throws on anything else. `publicUrl`, when it
 * is https, settles the scheme whatever a proxy forgets to say.
 */
export function clientAddress(
  trustedProxies: readonly string[] = [],
  publicUrl = '',
): ClientAddress {
  const trusted = new BlockList()
  for (const range of trustedProxies) addRange(trusted, range)
  const trusts = (ip: string) =>
    isIP(ip) !== 0 && trusted.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')
  const viaProxy = (request: Request) => trusts(plain(request.socket.remoteAddress))
  return {
    viaProxy,
    ip(request) {
      let ip = plain(request.socket.remoteAddress)
      const hops = String(request.headers['x-forwarded-for'] ?? '').split(',')
      // From the nearest hop outwards, as long as the one that named it is trusted.
      while (trusts(ip) && hops.length > 0) {
        const next = plain(hops.pop()?.trim())
        if (isIP(next) === 0) break
        ip = next
      }
      return ip
    },
    https(request) {
      if (publicUrl.startsWith('https:')) return true
      if ('encrypted' in request.socket && request.socket.encrypted === true) return true
      return viaProxy(request) && request.headers['x-forwarded-proto'] === 'https'
    },
  }
}

/** The unit that limits count: an IPv4 address, or the /64 an IPv6 customer usually holds. */
export function networkOf(ip: string): string {
  if (isIP(ip) !== 6) return ip
  const [head = '', tail] = ip.replace(/%.*/, '').split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

function plain(ip: string | undefined): string {
  return (ip ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
}

function addRange(list: BlockList, range: string): void {
  const [ip = '', bits, ...more] = range.split('/')
  const family = isIP(ip)
  const bitsMax = family === 6 ? 128 : 32
  const prefix = bits === undefined ? bitsMax : /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity
  if (family === 0 || prefix > bitsMax || more.length > 0) {
    throw new TypeError(`"${range}" is not an IP address or a CIDR range`)
  }
  list.addSubnet(ip, prefix, family === 6 ? 'ipv6' : 'ipv4')
}
