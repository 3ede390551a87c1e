/** Fills a room of voices from several processes: all come in, some speak, some get a voice. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AudioConnection } from '@odeon/sdk'
import type { VoiceCrowd } from './voice-crowd.ts'

export interface FillOptions {
  url: string
  roomId: string
  host: AudioConnection
  crowds: VoiceCrowd[]
  speakers: number
  /** One of them is the bench itself, which measures and comes last. */
  listeners: number
  hearers: number
  say: (line: string) => void
}

/** What there is, counted when all of it was asked for. */
export interface Filled {
  speakers: number
  listeners: number
  hearing: number
  connectedMs: number
}

interface Seated {
  crowd: VoiceCrowd
  who: number
  userId: string
  identity: string
}

const voicesMsMax = 30_000
/** A room that has just filled is busy with that; what is measured is one that goes on. */
const settleMs = 15_000

export async function fillRoom(options: FillOptions): Promise<Filled> {
  const { host, crowds, speakers, hearers, say } = options
  const others = options.listeners - 1
  const begun = performance.now()
  const talking = await comeAll(options, 0, speakers)
  for (const { crowd, who, userId } of talking) {
    await host.floor.invite(userId)
    await crowd.ask({ do: 'sit', who })
  }
  const audience = await comeAll(options, speakers, others)
  const connectedMs = performance.now() - begun
  say(`${speakers} speak, ${others} listen, connected within ${(connectedMs / 1e3).toFixed(1)} s`)
  for (const [at, { crowd, who }] of audience.slice(0, hearers).entries()) {
    const speaker = talking[at % talking.length]
    if (speaker) await crowd.ask({ do: 'listen', who, identity: speaker.identity })
  }
  await Promise.all(crowds.map((crowd) => crowd.ask({ do: 'talk' })))
  const hearing = await givenVoices(crowds, Math.min(hearers, others))
  await sleep(settleMs)
  const { connected } = await countAll(crowds)
  if (connected < speakers + others) {
    throw new Error(`${connected} of ${speakers + others} are connected`)
  }
  say(`${hearing} of them are given a voice`)
  return { speakers, listeners: others, hearing, connectedMs }
}

/** Beside each other in different processes, one after the other in each. */
async function comeAll(options: FillOptions, from: number, count: number): Promise<Seated[]> {
  const { crowds, url, roomId } = options
  const rows = crowds.map(async (crowd, first) => {
    const came: Seated[] = []
    for (let n = first; n < count; n += crowds.length) {
      const who = from + n
      const { userId, identity } = await crowd.ask({ do: 'come', who, url, roomId })
      if (userId === undefined || identity === undefined) throw new Error('nobody came')
      came.push({ crowd, who, userId, identity })
    }
    return came
  })
  const all = (await Promise.all(rows)).flat()
  return all.sort((one, other) => one.who - other.who)
}

async function countAll(crowds: VoiceCrowd[]): Promise<{ connected: number; hearing: number }> {
  const counts = await Promise.all(crowds.map((crowd) => crowd.ask({ do: 'count' })))
  return {
    connected: counts.reduce((sum, { connected = 0 }) => sum + connected, 0),
    hearing: counts.reduce((sum, { hearing = 0 }) => sum + hearing, 0),
  }
}

async function givenVoices(crowds: VoiceCrowd[], wanted: number): Promise<number> {
  const end = performance.now() + voicesMsMax
  for (;;) {
    const { hearing } = await countAll(crowds)
    if (hearing >= wanted) return hearing
    if (performance.now() > end) throw new Error(`${hearing} of ${wanted} were given a voice`)
    await sleep(200)
  }
}
