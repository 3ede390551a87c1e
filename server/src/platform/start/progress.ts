/**
 * What a person sees while Odeon starts: a line for each long step. On a terminal what runs now
 * stays in the last line with its time; elsewhere each step is a line when it begins and ends.
 */
export interface Progress {
  /** Runs a step under a name; its outcome may say more in a few words. */
  step<T>(name: string, work: (say: (text: string) => void) => Promise<T>): Promise<T>
}

export interface Output {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
}

export const silentProgress: Progress = { step: (_name, work) => work(() => undefined) }

interface Step {
  name: string
  startedAt: number
  said: string
}

const nameColumns = 12
const redrawMs = 200
const dim = (text: string) => `\x1b[2m${text}\x1b[22m`

export function progressOn(output: Output): Progress {
  const running = new Set<Step>()
  const isTerminal = output.isTTY === true
  let timer: NodeJS.Timeout | undefined

  const clear = () => {
    if (isTerminal) output.write('\r\x1b[2K')
  }
  const draw = () => {
    if (!isTerminal || running.size === 0) return
    const parts = [...running].map((step) => `${step.name}: ${step.said || 'working'}`)
    const seconds = Math.max(...[...running].map(secondsOf)).toFixed(0)
    const line = `  … ${parts.join(', ')} (${seconds} s)`.slice(0, (output.columns || 80) - 1)
    output.write(`\r\x1b[2K${dim(line)}`)
  }
  const settle = (step: Step, mark: string) => {
    running.delete(step)
    if (running.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
    clear()
    const time = `${secondsOf(step).toFixed(1)} s`
    const facts = isTerminal ? dim(time) : time
    output.write(`  ${mark} ${step.name.padEnd(nameColumns)} ${step.said} ${facts}\n`)
    draw()
  }

  return {
    async step(name, work) {
      const step: Step = { name, startedAt: performance.now(), said: '' }
      running.add(step)
      if (isTerminal) {
        timer ??= setInterval(draw, redrawMs)
        draw()
      } else output.write(`  … ${name}\n`)
      try {
        const result = await work((text) => {
          step.said = text
          draw()
        })
        settle(step, '✓')
        return result
      } catch (error) {
        step.said = 'not done after'
        settle(step, '✗')
        throw error
      }
    },
  }
}

const secondsOf = ({ startedAt }: Step) => (performance.now() - startedAt) / 1000
