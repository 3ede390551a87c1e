/** Who is there when a fault happens, and by which doors they came. */
import type { House } from '../house/house.ts'
import { live } from '../kinds/live.ts'
import { assemble, type Run } from '../load/assemble.ts'
import type { LoadPlan } from '../load/plan.ts'
import { Talk } from '../load/talk.ts'
import { DatedReplies } from './dated-replies.ts'
import type { Fault } from './fault.ts'

export interface FaultOptions {
  fault: Fault
  seed: number
  viewers: number
  /** At the beginning, the writer's among them. */
  processes: number
  /** These come when so many are in, and take the rest; speakers sit there. */
  later?: { processes: number; afterViewers: number; speakers: number }
  beforeS: number
  afterS: number
  say: (line: string) => void
}

const chatPerS = 50
/** A crowd that lost its process comes back all at once, not as many as a tester likes. */
const onTheWayMax = 3_000

/** Everybody comes in by processes that live on, as a front sends them to what answers. */
export async function gathered(options: FaultOptions, house: House): Promise<Run> {
  const { fault, viewers, seed, say, later } = options
  const doors = () => house.processes.filter((_, at) => at !== fault.victim)
  const addresses = () => doors().flatMap((door) => door.addresses)
  const urls = doors().map(({ url }) => url)
  const server = { ...house.server, urls, addresses: addresses() }
  const plan = planOf(viewers, seed, server.urls)
  const room = await live.open(server, plan)
  const run = await assemble({ server, plan, kind: live, room, onTheWayMax, say })
  run.ledger.replies = new DatedReplies()
  await run.crowd.join(later?.afterViewers ?? viewers)
  for (let n = 0; n < (later?.processes ?? 0); n += 1) await house.add()
  run.crowd.askAt(addresses())
  await run.crowd.join(viewers)
  // Whoever speaks shall not lose the room: a line said late is late for everybody.
  if (later !== undefined) await speakFrom(run, later.speakers)
  return run
}

async function speakFrom(run: Run, speakers: number): Promise<void> {
  const joined: Run['members'] = []
  for (let n = 1; n <= speakers; n += 1) {
    joined.push(await run.room.join(`speaker ${n}`, run.ledger))
  }
  run.members.push(...joined)
  run.talk = new Talk(joined, run.plan)
}

function planOf(viewers: number, seed: number, urls: string[]): LoadPlan {
  return {
    room: 'live',
    scenario: 'steady',
    viewers,
    chatPerS,
    reactionsPerS: 0,
    seconds: 600,
    seed,
    generators: 2,
    kind: 'compiled',
    viewersReact: false,
    targets: {},
    server: { urls, pids: [], isTheirs: false, tokenFile: undefined, streamId: undefined },
  }
}
