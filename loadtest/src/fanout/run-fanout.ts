/** `npm run bench -- fanout`: all servers in one run, in turns, against the bars. */
import { type HostName, hostKinds } from '../hosts/host.ts'
import { installPeers } from '../hosts/install-peers.ts'
import { measure, type Sample } from './measure.ts'
import { type FanoutResult, summarise } from './summarise.ts'

export interface FanoutOptions {
  repetitions: number
  viewers: number[]
  perTick: number[]
  hosts: HostName[]
  warmMs: number
  windowMs: number
  say: (line: string) => void
}

export const allHosts: HostName[] = ['odeon', 'stock', 'socketio', 'bun']

export async function runFanout(options: FanoutOptions): Promise<FanoutResult> {
  const { repetitions, viewers, hosts, say } = options
  await installPeers(say)
  const samples: Sample[] = []
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const audience of viewers) {
      for (const host of inTurn(hosts, repetition)) {
        const taken = await measure(host, { ...options, viewers: audience })
        samples.push(...taken)
        for (const sample of taken) {
          say(`${repetition + 1}/${repetitions}  ${describe(sample)}`)
        }
      }
    }
  }
  return summarise(samples, options)
}

/** Each repetition begins with another one, so that none is always first. */
function inTurn(hosts: HostName[], repetition: number): HostName[] {
  const from = repetition % hosts.length
  return [...hosts.slice(from), ...hosts.slice(0, from)]
}

function describe(sample: Sample): string {
  const { host, viewers, perTick, deliveriesPerCpuS, serverShare, swarmShare } = sample
  return [
    hostKinds[host].title.replaceAll('`', '').padEnd(20),
    `${viewers} × ${perTick}`.padEnd(10),
    `${Math.round(deliveriesPerCpuS / 1000)} k`.padStart(8),
    ` server ${percent(serverShare)}, swarm ${percent(swarmShare)}`,
    sample.isDiscarded ? '  discarded: the server did not get its core' : '',
  ].join('')
}

const percent = (share: number): string => `${Math.round(share * 100)} %`
