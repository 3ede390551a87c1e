/**
 * Where a stream may be sent on to: RTMP to hosts that are somebody else's. Asked when it is set,
 * and again with every start, as a name may lead home by then.
 */
import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress } from '../moderation/reviewer/public-address.ts'

/** All addresses of a host. */
export type Lookup = (host: string) => Promise<string[]>

/** A name server that does not answer holds up nothing but the stream that asked. */
const resolver = new Resolver({ timeout: 2_000, tries: 1 })

export const lookupHost: Lookup = async (host) => {
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
}

const usualPorts = new Set(['', '443', '1935'])

/** As it will be sent to, without a slash at the end; undefined for what cannot be sent to. */
export function rtmpAddress(text: string): string | undefined {
  if (/[\s\p{C}]/u.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const path = url.pathname.replace(/\/+$/, '')
  if (!/^rtmps?:$/.test(url.protocol) || url.hostname === '' || path === '') return undefined
  if (url.username !== '' || url.password !== '') return undefined
  if (url.hash !== '' || url.search !== '') return undefined
  if (!usualPorts.has(url.port) && Number(url.port) < 1_024) return undefined
  const host = bareHost(url)
  if (isIP(host) !== 0 ? !isPublicAddress(host) : !host.includes('.')) return undefined
  return `${url.protocol}//${url.host}${path}`
}

/** Whether every address of its host is public. A name that is not found is not. */
export async function leadsOutside(address: string, lookup: Lookup): Promise<boolean> {
  const host = bareHost(new URL(address))
  if (isIP(host) !== 0) return isPublicAddress(host)
  const found = await lookup(host).catch(() => [])
  return found.length > 0 && found.every((one) => isPublicAddress(one))
}

const bareHost = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

const parts = /^(rtmps?:\/\/)(.*\/)(.*\/)(\S*)( live=1)?$/

const twitch = /^rtmps?:\/\/[^/]*contribute\.live-video\.net(:\d+)?\/app\//

/** The egress service sends to Twitch by the address that is nearest to it, and tells of that. */
export const siteOf = (address: string): string =>
  address.replace(twitch, 'rtmps://contribute.live-video.net/app/')

/** An address with its key as LiveKit tells of it: of the key no more than three at each end. */
export function redacted(url: string): string {
  const match = parts.exec(siteOf(url))
  if (match === null) return url
  const [, scheme = '', host = '', path = '', key = ''] = match
  const shown = Math.min(3, Math.floor(key.length / 3))
  const ends = shown === 0 ? '...' : `${key.slice(0, shown)}...${key.slice(-shown)}`
  return `${scheme}${host}${path}{${ends}}`
}
