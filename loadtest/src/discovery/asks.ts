/** How the benchmark of finding a room talks to a server of either side: a line, an answer. */
import { createInterface } from 'node:readline'

export type Ask =
  /** So many rooms are listed from now on, the one that is looked for among them. */
  | { do: 'list'; rooms: number }
  /** So many times somebody wants a seat in it, so many of them waiting at the same time. */
  | { do: 'find'; times: number; atOnce: number }

export interface Found {
  /** Of this process, user and system. */
  cpuMs: number
  wallMs: number
}

export interface Finder {
  find(): Promise<unknown>
  list(roomId: string): Promise<unknown>
  unlist(roomId: string): Promise<unknown>
}

const listedAtOnce = 500

/** Answers until stdin ends; then `close` and the end of the process. */
export function answerAsks(finder: Finder, close: () => Promise<void>): void {
  const listed: string[] = []

  const list = async (rooms: number) => {
    while (listed.length < rooms - 1) {
      const more = Math.min(listedAtOnce, rooms - 1 - listed.length)
      const ids = Array.from({ length: more }, () => `live_${crypto.randomUUID()}`)
      await Promise.all(ids.map((id) => finder.list(id)))
      listed.push(...ids)
    }
    await Promise.all(listed.splice(rooms - 1).map((id) => finder.unlist(id)))
  }

  const find = async (times: number, atOnce: number): Promise<Found> => {
    const [before, startedAt] = [process.cpuUsage(), performance.now()]
    let left = times
    const lane = async () => {
      for (; left > 0; ) {
        left -= 1
        await finder.find()
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    const { user, system } = process.cpuUsage(before)
    return { cpuMs: (user + system) / 1_000, wallMs: performance.now() - startedAt }
  }

  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    const ask = JSON.parse(line) as Ask & { id: number }
    const work = ask.do === 'list' ? list(ask.rooms) : find(ask.times, ask.atOnce)
    work.then(
      (found) => tell({ re: ask.id, ...found }),
      (error: unknown) => tell({ re: ask.id, fault: String(error) }),
    )
  })
  lines.on('close', () => void close().finally(() => process.exit(0)))
  tell({ event: 'ready' })
}

function tell(fact: object): void {
  process.stdout.write(`${JSON.stringify(fact)}\n`)
}
