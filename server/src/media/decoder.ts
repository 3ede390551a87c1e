/** Renders pictures in a process of its own: one at a time, a bounded number waiting. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Logger } from '@odeon/rooms/ports'
import { Refused } from '../platform/http/refusal.ts'
import { mediaLimits, type PictureRefusal, type Rendering } from './protocol.ts'
import type { Drawing, Job, Outcome } from './render-picture.ts'
import { sniff } from './sniff.ts'

export interface Decoder {
  render(job: Job): Promise<Rendering | Refused<PictureRefusal | 'busy'>>
  /** Rejects when it cannot be drawn: then the fault is ours. */
  draw(drawing: Drawing): Promise<Rendering>
  /** Ends the process, if one runs. What is being rendered is then refused. */
  close(): Promise<void>
}

const program = fileURLToPath(new URL('./decoder-process.ts', import.meta.url))

export function decoder({ log }: { log: Logger }): Decoder {
  let child: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const start = (): ChildProcess => {
    const made = fork(program, {
      serialization: 'advanced',
      execArgv: ['--conditions=development'],
      // It needs nothing of ours: no secrets, no addresses.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    made.once('exit', () => {
      if (child === made) child = undefined
    })
    // Ours to end, but nothing to stay alive for.
    made.unref()
    made.channel?.unref()
    return made
  }

  const end = () => {
    child?.kill('SIGKILL')
    child = undefined
  }

  const render = async (job: Job | Drawing): Promise<Rendering | Refused<PictureRefusal>> => {
    clearTimeout(idle)
    child ??= start()
    const outcome = await ask(child, job)
    if (outcome === 'late' || outcome === 'died') {
      log.warn({ outcome, recipe: job.recipe }, 'a picture ended its decoder')
      end()
      return new Refused('broken_picture')
    }
    idle = setTimeout(end, mediaLimits.decoderIdleMs).unref()
    return 'refused' in outcome ? new Refused(outcome.refused) : outcome
  }

  const inTurn = async (job: Job | Drawing) => {
    waiting += 1
    const mine = turn
      .then(() => render(job))
      .finally(() => {
        waiting -= 1
      })
    turn = mine.catch(() => undefined)
    return await mine
  }

  return {
    async render(job) {
      if (sniff(job.bytes) === undefined) return new Refused('not_a_picture')
      if (waiting >= mediaLimits.waitingMax) return new Refused('busy', { retryAfterMs: 2_000 })
      return await inTurn(job)
    },
    async draw(drawing) {
      const outcome = await inTurn(drawing)
      if (outcome instanceof Refused) throw new Error(`a drawing was not rendered: ${outcome.code}`)
      return outcome
    },
    async close() {
      clearTimeout(idle)
      end()
    },
  }
}

/** One question to the process. It is no good any more when it is late or dead. */
function ask(child: ChildProcess, job: Job | Drawing): Promise<Outcome | 'late' | 'died'> {
  return new Promise((resolve) => {
    child.channel?.ref()
    const finish = (outcome: Outcome | 'late' | 'died') => {
      clearTimeout(timer)
      child.off('message', answered).off('exit', died).off('error', died)
      child.channel?.unref()
      resolve(outcome)
    }
    const answered = (outcome: unknown) => finish(outcome as Outcome)
    const died = () => finish('died')
    const timer = setTimeout(() => finish('late'), mediaLimits.decodeMs)
    child.once('message', answered).once('exit', died).once('error', died)
    child.send(job, (error) => {
      if (error) died()
    })
  })
}
