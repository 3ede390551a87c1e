/** Everybody in a run of chaos: hosts with their streams, who give there, what each was told. */
import { type LiveConnection, type MeConnection, Odeon } from '@odeon/sdk'
import type { Giver } from './givers.ts'

export interface Stage {
  streamId: string
  hostId: string
  room: LiveConnection
  /** Numbers of the gifts heard of here, in the order they came. */
  heard: number[]
  /** The last that was shown of a battle while it was decided. */
  decided: { points: Record<string, number>; winner: number } | undefined
}

export interface Company {
  stages: Stage[]
  givers: Giver[]
  /** Rooms of their own, of hosts and some who give. */
  own: Map<string, MeConnection>
  leave(): Promise<void>
}

const password = 'correct horse battery'
const atOnce = 4
/** Who give and have their own room open. */
const watched = 20
/** Longer than any fault: what is asked is kept and asked again by the SDK itself. */
const commandDeadlineMs = 20_000

export async function gather(url: string, clients: number, streams: number): Promise<Company> {
  const stages: Stage[] = []
  const givers: Giver[] = []
  const own = new Map<string, MeConnection>()
  for (let n = 1; n <= streams; n += 1) stages.push(await openStage(url, n, own))
  await inLanes(clients, async (n) => {
    const odeon = await account(url, `giver_${n}`)
    const stage = stages[n % stages.length] as Stage
    const room = await odeon.live.join(stage.streamId, { backlog: 0 })
    const userId = odeon.auth.user?.id ?? ''
    givers.push({ odeon, userId, streamId: stage.streamId, room })
    if (n < watched) own.set(userId, await odeon.me.join({ backlog: 0 }))
  })
  return {
    stages,
    givers,
    own,
    async leave() {
      const rooms = [...stages, ...givers].map(({ room }) => room)
      await Promise.all([...rooms, ...own.values()].map((room) => room.leave()))
    },
  }
}

async function openStage(url: string, n: number, own: Company['own']): Promise<Stage> {
  const odeon = await account(url, `host_${n}`)
  const hostId = odeon.auth.user?.id ?? ''
  const { id } = await odeon.streams.create({ title: `Stream ${n} in chaos` })
  const room = await odeon.live.join(id)
  await room.start()
  own.set(hostId, await odeon.me.join({ backlog: 0 }))
  const stage: Stage = { streamId: id, hostId, room, heard: [], decided: undefined }
  room.on('gift.sent', ({ n: number }) => void stage.heard.push(number))
  room.onState(() => {
    const { battle } = room.state
    if (battle === undefined || !['victory', 'terms'].includes(battle.phase)) return
    const points = battle.sides.map((side) => [side.streamId, side.points] as const)
    stage.decided = { points: Object.fromEntries(points), winner: battle.winner }
  })
  return stage
}

async function account(url: string, username: string): Promise<Odeon> {
  const odeon = new Odeon(url, { commandDeadlineMs })
  await odeon.auth.register({ username, email: `${username}@odeon.test`, password })
  return odeon
}

async function inLanes(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < count) {
      const n = next
      next += 1
      await work(n)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
