/** Everybody who takes part in a load run, there before it begins. */
import type { RoomKind, RoomUnderLoad } from '../kinds/kind.ts'
import { gather } from './audience.ts'
import { Checks } from './checks.ts'
import type { Crowd } from './crowd.ts'
import { unlessEnded } from './interruption.ts'
import { invariants } from './invariants.ts'
import type { LoadMember, MemberLedger } from './member.ts'
import type { LoadPlan } from './plan.ts'
import { saying } from './saying.ts'
import type { ServerUnderLoad } from './server-under-load.ts'
import { Shared } from './shared-state.ts'
import { Talk } from './talk.ts'
import { Times } from './timings.ts'

const membersMin = 20
/** Viewers beside the members, who only watch: what they see is measured. */
const watchersMin = 10

export interface Run {
  plan: LoadPlan
  server: ServerUnderLoad
  room: RoomUnderLoad
  crowd: Crowd
  members: LoadMember[]
  ledger: MemberLedger
  shared: Shared
  checks: Checks
  talk: Talk
  wanted: number
}

export async function assemble(options: {
  server: ServerUnderLoad
  plan: LoadPlan
  kind: RoomKind
  room: RoomUnderLoad
  onTheWayMax?: number
  say: (line: string) => void
  /** Nobody says anything more once it is aborted. */
  ended?: AbortSignal
}): Promise<Run> {
  const { server, plan, kind, room, onTheWayMax, say, ended } = options
  const checks = new Checks([...invariants, ...kind.invariants], plan.seed, say)
  const shared = new Shared(checks.see)
  const ledger: MemberLedger = {
    replies: new Times(),
    deliveries: new Times(),
    second: new Times(),
    state: shared,
    broken: checks.see,
  }
  const talkers = Math.max(membersMin, kind.talkers(plan, server))
  const count = Math.min(plan.viewers, Math.max(membersMin, plan.viewers - watchersMin), talkers)
  if (plan.viewersReact && plan.kind === 'script') {
    throw new Error('--viewers-react is for the compiled client.')
  }
  say(`${count} members with the SDK join …`)
  const members: LoadMember[] = []
  let crowd: Crowd | undefined
  try {
    const joined = async (): Promise<void> => {
      for (let n = 1; n <= count; n += 1) {
        ended?.throwIfAborted()
        members.push(await room.join(`member ${n}`, ledger))
      }
    }
    await saying(joined(), () => `members to join: ${members.length} of ${count} are in`, say)
    ended?.throwIfAborted()
    const wanted = plan.viewers - count
    const { seatPath, socketPath } = room
    const paths = { seatPath, socketPath }
    const broken = checks.see
    crowd = await gather({ server, plan, viewers: wanted, paths, onTheWayMax, broken, say })
    const signing = plan.server.tokenFile === undefined ? sign(crowd, say) : Promise.resolve()
    await (ended === undefined ? signing : unlessEnded(signing, ended))
    const react = plan.viewersReact ? crowd.react.bind(crowd) : undefined
    const talk = new Talk(members, plan, react, ended)
    return { plan, server, room, crowd, members, ledger, shared, checks, talk, wanted }
  } catch (error) {
    await crowd?.stop()
    for (const member of members) await member.leave()
    throw error
  }
}

async function sign(crowd: Crowd, say: (line: string) => void): Promise<void> {
  const startedAt = performance.now()
  const signedOf = async () => (await crowd.mark()).signed.toLocaleString('en')
  const what = async () => `guests to sign in: ${await signedOf()} of ${crowd.size} are`
  const { signed, ends } = await saying(crowd.sign(), what, say)
  const seconds = (performance.now() - startedAt) / 1_000
  const perS = Math.round(signed / seconds).toLocaleString('en')
  say(`${signed} guests signed in, in ${seconds.toFixed(1)} s (${perS} a second).`)
  if ((ends['guest 429 rate_limited'] ?? 0) > 0) {
    throw new Error('The server limits sign-ins: start it with RATE_LIMIT_FACTOR=1000000.')
  }
  if (signed < crowd.size) throw new Error(`Guests were refused: ${JSON.stringify(ends)}`)
}
