/**
 * The house's side of what the demo shows: begins the process that plays when something is to be
 * played, and lets it end when nothing is any more.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Logger } from '@odeon/rooms/ports'
import { within } from '../../platform/within.ts'
import type { Entrance, Order, Part, Word } from './orders.ts'

export const stageLimits = {
  /** From an order until the part is on. */
  beginMs: 20_000,
  /** The process waits so long for another part. */
  idleMs: 30_000,
  endMs: 2_500,
  /** Ends of the process in a row without a part that came on; then it is not tried any more. */
  endsMax: 3,
} as const

export interface Performance {
  readonly isOn: boolean
  /** Of a voice: whether it is its turn. */
  speak(isSpeaking: boolean): void
  leave(): void
}

export interface Stage {
  /** False once it is known that this machine cannot play: then nothing need be asked for. */
  readonly canPlay: boolean
  /** Resolves when it is on; undefined when it does not come to that. Never rejects. */
  perform(part: Part, entrance: Entrance): Promise<Performance | undefined>
  close(): Promise<void>
}

export interface StageOptions {
  log: Logger
  newId(): string
  /** What plays, for tests. */
  program?: URL
}

export function openStage(options: StageOptions): Stage {
  const { log, newId, program = new URL('./player-process.ts', import.meta.url) } = options
  /** By part: told when it is on, and when it is over. */
  const parts = new Map<string, (is: 'on' | 'over') => void>()
  let child: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let canPlay = true
  let ends = 0

  const hear = (word: Word) => {
    if (word.is === 'missing') return goOnWithout(word.why)
    if (word.is === 'over') log.debug({ why: word.why }, 'a part of the demo is over')
    else ends = 0
    parts.get(word.id)?.(word.is)
  }

  const goOnWithout = (why: string) => {
    if (canPlay) log.warn({ why }, 'the demo goes on without picture and sound')
    canPlay = false
    allOver()
  }

  const allOver = () => {
    for (const told of parts.values()) told('over')
  }

  const start = (): ChildProcess => {
    const made = fork(fileURLToPath(program), {
      execArgv: ['--conditions=development'],
      // It needs nothing of ours: no secrets, no addresses.
      env: { NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    made.on('message', (word) => hear(word as Word))
    made.on('error', (err) => log.debug({ err }, 'the process of the demo is not reached'))
    made.once('exit', () => {
      if (child !== made) return
      child = undefined
      ends += 1
      if (ends === stageLimits.endsMax) goOnWithout('what plays it ends by itself')
      else allOver()
    })
    // Ours to end, but nothing to stay alive for.
    made.unref()
    made.channel?.unref()
    return made
  }

  const send = (order: Order) => {
    clearTimeout(idle)
    child ??= start()
    if (child.connected) child.send(order)
  }

  const rest = () => {
    clearTimeout(idle)
    if (parts.size === 0) idle = setTimeout(() => void end(), stageLimits.idleMs).unref()
  }

  const end = async () => {
    clearTimeout(idle)
    const ending = child
    child = undefined
    allOver()
    if (ending === undefined || ending.exitCode !== null) return
    const gone = once(ending, 'exit')
    if (ending.connected) ending.disconnect()
    if ((await within(stageLimits.endMs, gone)) === 'late') ending.kill('SIGKILL')
  }

  return {
    get canPlay() {
      return canPlay
    },
    async perform(part, entrance) {
      if (!canPlay) return undefined
      const id = newId()
      const begun = Promise.withResolvers<void>()
      let isOn = true
      const over = () => {
        isOn = false
        parts.delete(id)
        begun.resolve()
        rest()
      }
      parts.set(id, (is) => (is === 'on' ? begun.resolve() : over()))
      const giveUp = () => {
        send({ do: 'leave', id })
        over()
      }
      const late = setTimeout(giveUp, stageLimits.beginMs).unref()
      send({ do: 'begin', id, part, entrance })
      await begun.promise
      clearTimeout(late)
      if (!isOn) return undefined
      return {
        get isOn() {
          return isOn
        },
        speak(isSpeaking) {
          if (isOn) send({ do: 'speak', id, isSpeaking })
        },
        leave() {
          if (!isOn) return
          send({ do: 'leave', id })
          over()
        },
      }
    },
    close: async () => {
      canPlay = false
      await end()
    },
  }
}
