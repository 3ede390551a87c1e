/** Whether an address is public: what a channel's owner names must not lead home. */
import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** IANA's special-purpose registry: nothing in here is a web server of somebody else's. */
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Inside the one block that is handed out to the public; tunnels hide IPv4 addresses in them. */
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const closed = new BlockList()
for (const range of special4) addTo(closed, range, 'ipv4')
for (const range of special6) addTo(closed, range, 'ipv6')
const handedOut = new BlockList()
addTo(handedOut, '2000::/3', 'ipv6')
const loopback = new BlockList()
addTo(loopback, '127.0.0.0/8', 'ipv4')
addTo(loopback, '::1/128', 'ipv6')

function addTo(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
  const [net = '', prefix] = range.split('/')
  list.addSubnet(net, Number(prefix), family)
}

export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4')
  // A scope names an interface of this machine.
  if (!isIPv6(address) || address.includes('%')) return false
  return handedOut.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}

export function isLoopback(address: string): boolean {
  if (isIPv4(address)) return loopback.check(address, 'ipv4')
  return isIPv6(address) && loopback.check(address, 'ipv6')
}

/** Of a whole address: nobody but this machine gets there. */
export function leadsToThisMachine(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || isLoopback(host)
}
