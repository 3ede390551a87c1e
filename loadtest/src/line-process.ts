/** A child process that takes one command a line and answers one JSON object a line. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const stderrBytesMax = 8_192

export type Fact = Record<string, unknown>

export class LineProcess {
  readonly pid: number
  readonly ended: Promise<number | null>
  readonly #child: ChildProcess
  readonly #name: string
  #waiting: { matches: (fact: Fact) => boolean; resolve: (fact: Fact) => void }[] = []
  #unclaimed: Fact[] = []
  #watchers: ((fact: Fact) => void)[] = []
  #stderr = ''
  #isOver = false

  constructor(name: string, command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
    this.#name = name
    this.#child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    this.pid = this.#child.pid ?? 0
    const { stdout, stderr } = this.#child
    if (stdout === null || stderr === null) throw new Error(`${name} has no pipes`)
    createInterface({ input: stdout }).on('line', (line) => this.#take(line))
    stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-stderrBytesMax)
    })
    this.ended = new Promise((resolve) => {
      this.#child.on('error', () => resolve(null))
      this.#child.on('close', resolve)
    }).then((code) => {
      this.#isOver = true
      return code as number | null
    })
  }

  /** What it wrote to stderr, its newest part. */
  get complaints(): string {
    return this.#stderr.trim()
  }

  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  /** Calls back for every line, also those nobody waits for. */
  watch(watcher: (fact: Fact) => void): void {
    this.#watchers.push(watcher)
  }

  /** The next answer that matches; rejects when the process ends or the time is over. */
  async hear(matches: (fact: Fact) => boolean, withinMs: number): Promise<Fact> {
    const at = this.#unclaimed.findIndex(matches)
    if (at >= 0) return this.#unclaimed.splice(at, 1)[0] as Fact
    const heard = new Promise<Fact>((resolve) => this.#waiting.push({ matches, resolve }))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), withinMs)
    })
    const over = this.ended.then(() => 'over' as const)
    const first = await Promise.race([heard, late, over])
    clearTimeout(timer)
    if (first === 'late') throw new Error(`${this.#name} gave no answer in ${withinMs} ms`)
    if (first === 'over') throw new Error(`${this.#name} ended early. ${this.complaints}`)
    return first
  }

  /** Ends its input, and the process itself when it does not end by then. */
  async stop(withinMs = 2_000): Promise<void> {
    if (this.#isOver) return
    this.#child.stdin?.end()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), withinMs)
    await this.ended
    clearTimeout(timer)
  }

  #take(line: string): void {
    if (!line.startsWith('{')) return
    const fact = JSON.parse(line) as Fact
    for (const watcher of this.#watchers) watcher(fact)
    const at = this.#waiting.findIndex(({ matches }) => matches(fact))
    const waiting = this.#waiting.splice(at, at >= 0 ? 1 : 0)[0]
    if (waiting === undefined) this.#unclaimed = [...this.#unclaimed.slice(-99), fact]
    else waiting.resolve(fact)
  }
}
