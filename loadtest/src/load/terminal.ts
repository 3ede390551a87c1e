/** Where a load run speaks: one line that renews itself on a terminal, plain lines elsewhere. */
import { stdout } from 'node:process'
import type { Voice } from './run-load.ts'

const wipe = '\r\u001b[2K'

export function terminal(): Voice {
  const write = (line: string): void => void stdout.write(`${line}\n`)
  if (!stdout.isTTY) return { say: write, progress: write }
  let hasProgress = false
  return {
    say(line) {
      if (hasProgress) stdout.write(wipe)
      hasProgress = false
      write(line)
    },
    progress(line) {
      hasProgress = true
      stdout.write(`${wipe}${line.slice(0, stdout.columns - 1)}`)
    },
  }
}
