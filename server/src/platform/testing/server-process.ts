/** `npm start` as a process of its own, for tests of how it begins and ends. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'

const main = join(import.meta.dirname, '../../main.ts')

export interface ServerProcess {
  url: string
  pid: number
  /** All it has written so far, both streams. */
  output(): string
  kill(signal: NodeJS.Signals): void
  isEnded(): boolean
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
}

/** Only these settings count; the environment of the test is not passed on. */
export type ProcessSettings = Record<string, string>

/** Runs it to its end, for starts that are refused. */
export async function runServer(
  settings: ProcessSettings,
): Promise<{ code: number | NodeJS.Signals; output: string }> {
  const child = launch(settings)
  return { code: await child.ended, output: child.output() }
}

/** Resolves as soon as it has written what `pattern` says, open or not. */
export async function beginServer(
  settings: ProcessSettings,
  pattern: RegExp,
): Promise<Omit<ServerProcess, 'url'>> {
  const child = launch({ PORT: '0', HOST: '127.0.0.1', WEB: 'off', DEMO: 'off', ...settings })
  await saw(child, pattern)
  return child
}

/** Resolves when it is open. Without the web app and the demo unless the settings say so. */
export async function startServer(settings: ProcessSettings): Promise<ServerProcess> {
  const child = launch({ PORT: '0', HOST: '127.0.0.1', WEB: 'off', DEMO: 'off', ...settings })
  return { ...child, url: await saw(child, / is open: (\S+)/) }
}

async function saw(child: ReturnType<typeof launch>, pattern: RegExp): Promise<string> {
  return await Promise.race([
    child.saw(pattern),
    child.ended.then((code) => {
      throw new Error(`the server ended with ${code} before ${pattern}:\n${child.output()}`)
    }),
  ])
}

function launch(settings: ProcessSettings) {
  const { PATH, HOME } = process.env
  const code = { NODE_COMPILE_CACHE: inject('codeFolder') }
  const child = spawn(process.execPath, ['--conditions=development', main], {
    env: { PATH, HOME, MEDIA: 'off', ...code, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const found = Promise.withResolvers<string>()
  let wanted: RegExp | undefined
  const hear = (chunk: Buffer) => {
    text += chunk.toString()
    const match = wanted?.exec(text)?.[1]
    if (match !== undefined) found.resolve(match)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    pid: child.pid as number,
    output: () => text,
    isEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    ended: ended as Promise<number | NodeJS.Signals>,
    saw: (pattern: RegExp) => {
      wanted = pattern
      return found.promise
    },
  }
}
