/** One load run: a stream, its viewers and talkers, then what must hold. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { chatLimits } from '@odeon/rooms/protocol'
import { type LiveConnection, Odeon } from '@odeon/sdk'
import type { Swarm } from '../swarm/swarm.ts'
import { gather } from './audience.ts'
import { type Invariant, invariants } from './invariants.ts'
import { LoadMember } from './member.ts'
import { type Usage, usageOf } from './process-watch.ts'
import type { ServerUnderLoad } from './server-under-load.ts'
import { type Percentiles, swarmPercentiles, Timings } from './timings.ts'

export interface LoadPlan {
  viewers: number
  /** Lines a second, all members together. */
  chatPerS: number
  seconds: number
}

export interface Second {
  at: number
  delivery: Percentiles
  cpuShare: number | undefined
  rssBytes: number | undefined
}

export interface LoadResult {
  plan: LoadPlan
  joinMs: number
  lines: number
  replies: Percentiles
  members: Percentiles
  viewers: Percentiles
  seconds: Second[]
  deliveries: number
  invariants: Invariant[]
}

const membersMin = 20
/** Of the lines a member may send in a second. */
const talkShare = 0.6
const settleMsMax = 20_000

export async function runLoad(
  server: ServerUnderLoad,
  plan: LoadPlan,
  say: (line: string) => void,
): Promise<LoadResult> {
  const host = await openStream(server.url)
  const { streamId } = host
  const timings = new Timings()
  const talkers = Math.ceil(plan.chatPerS / (chatLimits.sendPerSecond * talkShare))
  const count = Math.min(plan.viewers, Math.max(membersMin, talkers))
  const members: LoadMember[] = []
  say(`${count} members with the SDK join …`)
  for (let n = 0; n < count; n += 1) {
    members.push(await LoadMember.join(server.url, streamId, timings))
  }
  const wanted = plan.viewers - count
  const lifetimeS = plan.seconds + 600
  const audience = await gather(server, { streamId, viewers: wanted, lifetimeS }, say)
  const { swarm, joined, joinMs } = audience
  try {
    await swarm.reset()
    say(`${plan.chatPerS} lines a second for ${plan.seconds} s …`)
    const seconds: Second[] = []
    const watch = watchSeconds(server.pid, timings, (second) => seconds.push(second))
    const lines = await talk(members, plan)
    clearInterval(watch)
    await settled(swarm, members)
    const end = await swarm.report()
    return {
      plan,
      joinMs,
      lines,
      replies: timings.replies,
      members: timings.deliveries,
      viewers: swarmPercentiles(end.latency),
      seconds,
      deliveries: end.messages,
      invariants: invariants({ members, viewers: { wanted, joined, end } }),
    }
  } finally {
    await swarm.stop()
    for (const member of members) await member.leave()
    await host.end()
    await host.leave()
  }
}

async function openStream(url: string): Promise<LiveConnection> {
  const odeon = new Odeon(url)
  const name = `load_${randomBytes(5).toString('hex')}`
  const password = randomBytes(16).toString('base64url')
  await odeon.auth.register({ username: name, email: `${name}@example.com`, password })
  const stream = await odeon.streams.create({ title: 'A load run' })
  const room = await odeon.live.join(stream.id)
  await room.start()
  return room
}

/** Says lines on a fixed schedule, whatever became of those before. */
async function talk(members: LoadMember[], plan: LoadPlan): Promise<number> {
  const everyNs = BigInt(Math.round(1e9 / plan.chatPerS))
  const total = plan.chatPerS * plan.seconds
  const answers: Promise<void>[] = []
  let dueNs = process.hrtime.bigint() + everyNs
  for (let number = 1; number <= total; number += 1) {
    const waitMs = Number(dueNs - process.hrtime.bigint()) / 1e6
    if (waitMs > 0) await sleep(waitMs)
    const member = members[number % members.length] as LoadMember
    answers.push(member.say(number, dueNs))
    dueNs += everyNs
  }
  await Promise.all(answers)
  return total
}

function watchSeconds(
  pid: number | undefined,
  timings: Timings,
  take: (second: Second) => void,
): NodeJS.Timeout {
  let before: Usage | undefined = usageOf(pid)
  let beforeAt = performance.now()
  let at = 0
  return setInterval(() => {
    const now = usageOf(pid)
    const nowAt = performance.now()
    const spentS = now && before ? now.cpuS - before.cpuS : undefined
    const cpuShare = spentS === undefined ? undefined : spentS / ((nowAt - beforeAt) / 1_000)
    at += 1
    take({ at, delivery: timings.turnSecond(), cpuShare, rssBytes: now?.rssBytes })
    before = now
    beforeAt = nowAt
  }, 1_000)
}

/** Until everybody has all that was accepted, or the time is over; the invariants then say so. */
async function settled(swarm: Swarm, members: LoadMember[]): Promise<void> {
  const until = performance.now() + settleMsMax
  const accepted = members.reduce((sum, { said }) => sum + said.accepted.size, 0)
  for (;;) {
    const { perViewer } = await swarm.mark()
    const isDone = members.every(({ heard }) => heard.size >= accepted)
    if ((isDone && perViewer.least >= accepted) || performance.now() > until) return
    await sleep(100)
  }
}
