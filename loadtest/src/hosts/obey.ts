/**
 * The other end of `host.ts`: a server under load obeys one JSON command per line on stdin and
 * answers on stdout. It ends when stdin does, so that none outlives the benchmark.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import type { Drive } from './drive.ts'
import type { Command, Facts } from './protocol.ts'

/** What only the server itself can say. */
export interface Inside {
  members(): number
  /** Where there are any. */
  reactions?(): number
  /** Hash of the whole state, or an empty string where there is none. */
  stateHash(): string
  /** Largest number of bytes queued in the process for any one socket. */
  queuedBytesMax(): number
  /** Where a room can be made old. */
  age?(hours: number, visitsPerHour: number): Promise<void>
}

const watchedMax = 5_000

export function obey(drive: Drive, inside: Inside, ready: object): void {
  let queuedPeakBytes = 0
  const watch = setInterval(() => {
    // Looking at each of very many would be a long turn of its own.
    if (inside.members() > watchedMax) return
    queuedPeakBytes = Math.max(queuedPeakBytes, inside.queuedBytesMax())
  }, 200)
  watch.unref()
  const loop = monitorEventLoopDelay({ resolution: 1 })

  const facts = (): Facts => {
    const { rss, arrayBuffers } = process.memoryUsage()
    const peak = Math.max(queuedPeakBytes, inside.queuedBytesMax())
    queuedPeakBytes = 0
    const { user, system } = process.cpuUsage()
    const longestTurnMs = loop.max / 1e6
    loop.reset()
    return {
      said: drive.said,
      ticks: drive.ticks,
      stateTick: drive.stateTick,
      held: drive.held,
      members: inside.members(),
      reactions: inside.reactions?.() ?? 0,
      stateHash: inside.stateHash(),
      queuedPeakBytes: peak,
      longestTurnMs,
      cpuUs: user + system,
      rssBytes: rss,
      arrayBuffersBytes: arrayBuffers,
    }
  }

  const act = async (command: Command): Promise<void> => {
    // Watching costs more than a silent audience does, so it begins with the first word.
    if (command.do === 'collect') {
      clearInterval(watch)
      loop.disable()
      // The last resort gives back what V8 would keep free for later: what counts is what is held.
      globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    } else loop.enable()
    if (command.do === 'saturate') drive.saturate(command.perTick, command.stateEvery)
    else if (command.do === 'pace') drive.pace(command.perTick, command.everyMs, command.stateEvery)
    else if (command.do === 'rest') drive.rest()
    else if (command.do === 'age') {
      await inside.age?.(command.hours, command.visitsPerHour)
    }
    // After what is under way: the rest of a tick waits in this turn of the event loop.
    setImmediate(() => tell({ re: command.id, ...facts() }))
  }

  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => void act(JSON.parse(line) as Command))
  lines.on('close', () => process.exit(0))
  tell(ready)
}

function tell(fact: object): void {
  process.stdout.write(`${JSON.stringify(fact)}\n`)
}
