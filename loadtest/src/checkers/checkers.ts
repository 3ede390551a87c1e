/** The checking members as the benchmarks use them. */
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { LineProcess } from '../line-process.ts'
import { cores, pin } from '../machine.ts'
import type { Findings } from './checker.ts'

/** They may fall behind for a while; the swarm may not. */
const niceness = 10

export class Checkers {
  readonly #process: LineProcess

  static async join(options: {
    port: number
    roomId: string
    count: number
    /** Makes their names differ from those of another group. */
    group?: string
  }): Promise<Checkers> {
    const { port, roomId, count, group = 'checker' } = options
    const file = join(import.meta.dirname, 'process.ts')
    const args = ['--conditions=development', file, `http://127.0.0.1:${port}`, roomId]
    const child = new LineProcess('the checkers', process.execPath, [...args, group, String(count)])
    await child.hear((fact) => fact['event'] === 'joined', 30_000)
    await pin(child.pid, cores.others)
    setPriority(child.pid, niceness)
    return new Checkers(child)
  }

  private constructor(child: LineProcess) {
    this.#process = child
  }

  async findings(): Promise<Findings[]> {
    this.#process.tell('findings')
    const heard = await this.#process.hear((fact) => fact['event'] === 'findings', 60_000)
    return heard['findings'] as Findings[]
  }

  /** Freezes the whole process: nobody in it reads until `resume`. */
  stall(): void {
    process.kill(this.#process.pid, 'SIGSTOP')
  }

  resume(): void {
    process.kill(this.#process.pid, 'SIGCONT')
  }

  stop(): Promise<void> {
    this.resume()
    return this.#process.stop()
  }
}
