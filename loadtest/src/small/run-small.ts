/**
 * `npm run bench -- small`: what rooms of up to 50 members pay for frames. Members speak on a
 * fixed schedule; the time runs from when a message was due until each member has it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import { Host, type HostName, hostKinds } from '../hosts/host.ts'
import { cores, pin } from '../machine.ts'
import type { Latency } from '../swarm/mark.ts'
import { Swarm } from '../swarm/swarm.ts'

export interface SmallOptions {
  repetitions: number
  members: number[]
  /** Messages in each measurement. */
  messages: number
  say: (line: string) => void
}

interface Measured {
  host: HostName
  members: number
  p50Us: number
  p99Us: number
}

export interface SmallResult {
  table: string
  isMet: boolean
}

const hosts: HostName[] = ['odeon', 'stock']
const bars = { p50: 1.1, p99: 1.25 }
/** A member may send 60 messages a second; a room of two stays well below. */
const perMemberPerSecond = 40
const perSecondMax = 100
/** A server is measured as it is in its second minute: its code compiled, its room small again. */
const warmUp = { members: 50, perSecond: 2_000, count: 8_000 }
const warmMessages = 200

export async function runSmall(options: SmallOptions): Promise<SmallResult> {
  const measured: Measured[] = []
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    for (const members of options.members) {
      for (const host of repetition % 2 === 0 ? hosts : hosts.toReversed()) {
        const latency = await measureSmall(host, members, options.messages)
        const one = { host, members, p50Us: latency.p50Ns / 1e3, p99Us: latency.p99Ns / 1e3 }
        measured.push(one)
        options.say(
          `${repetition + 1}/${options.repetitions}  ${hostKinds[host].title.padEnd(22)}` +
            `${members} members  p50 ${one.p50Us.toFixed(0)} µs, p99 ${one.p99Us.toFixed(0)} µs`,
        )
      }
    }
  }
  return judge(measured, options.members)
}

/** `first` numbers the members: the same ones again would have their request ids answered. */
async function joined(host: Host, members: number, first: number): Promise<Swarm> {
  const { port, seat } = host.ready
  const { dialect } = hostKinds[host.name]
  const watchedPid = host.pid
  const swarm = await Swarm.start({
    address: `127.0.0.1:${port}`,
    dialect,
    seat,
    first,
    sampleEvery: 1,
    watchedPid,
  })
  await pin(swarm.process.pid, cores.viewers)
  const { open, ends } = await swarm.open(members)
  if (open !== members) throw new Error(`${host.name}: ${JSON.stringify(ends)}`)
  return swarm
}

async function warm(host: Host): Promise<void> {
  const { members, perSecond, count } = warmUp
  const swarm = await joined(host, members, 1_000)
  await swarm.talk({ talkers: members, perSecond, count })
  await swarm.stop()
}

async function measureSmall(name: HostName, members: number, messages: number): Promise<Latency> {
  const host = await Host.startAlone(name)
  await warm(host)
  const swarm = await joined(host, members, 0)
  try {
    swarm.tell('spin')
    const perSecond = Math.min(perSecondMax, perMemberPerSecond * members)
    await swarm.talk({ talkers: members, perSecond, count: warmMessages })
    await sleep(300)
    await swarm.reset()
    await swarm.talk({ talkers: members, perSecond, count: messages })
    await sleep(300)
    const { perViewer, ends, latency } = await swarm.mark()
    const isWhole = perViewer.least === messages && perViewer.most === messages
    if (!isWhole || latency === null) {
      throw new Error(`${name} lost or doubled messages: ${JSON.stringify({ perViewer, ends })}`)
    }
    return latency
  } finally {
    await Promise.all([swarm.stop(), host.stop()])
  }
}

function judge(measured: Measured[], sizes: number[]): SmallResult {
  let isMet = true
  const lines = sizes.map((members) => {
    const of = (host: HostName, key: 'p50Us' | 'p99Us') =>
      median(measured.filter((m) => m.host === host && m.members === members).map((m) => m[key]))
    const p50 = of('odeon', 'p50Us') / of('stock', 'p50Us')
    const p99 = of('odeon', 'p99Us') / of('stock', 'p99Us')
    if (p50 > bars.p50) isMet = false
    return [
      String(members),
      ...hosts.map(
        (host) => `${of(host, 'p50Us').toFixed(0)} / ${of(host, 'p99Us').toFixed(0)} µs`,
      ),
      `${p50.toFixed(2)}× ${p50 <= bars.p50 ? '≤' : '> **bar**'} ${bars.p50}`,
      `${p99.toFixed(2)}× ${p99 <= bars.p99 ? '≤' : '>'} ${bars.p99}`,
    ]
  })
  const head = [
    'members',
    ...hosts.map((host) => `${hostKinds[host].title} p50 / p99`),
    'p50 ÷ Colyseus',
    'p99 ÷ Colyseus (goal)',
  ]
  return { table: markdown([head, ...lines]), isMet }
}
