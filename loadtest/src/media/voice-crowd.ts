/** A process full of people, as the bench speaks to it. */
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { LineProcess } from '../line-process.ts'
import { type VoiceAnswer, voiceAnswer, type VoiceCommand } from './voice-protocol.ts'

/** It shares the cores with what is measured, and gives way to it. */
const niceness = 10
/** To connect takes seconds where all cores are busy. */
const answerMsMax = 60_000

export class VoiceCrowd {
  readonly #process: LineProcess
  #told = 0

  constructor(name: string) {
    const args = ['--conditions=development', join(import.meta.dirname, 'voice-process.ts')]
    this.#process = new LineProcess(name, process.execPath, args)
    setPriority(this.#process.pid, niceness)
  }

  get pid(): number {
    return this.#process.pid
  }

  /** Rejects with what went wrong there, when it ends, and when it takes too long. */
  async ask(command: VoiceCommand): Promise<VoiceAnswer> {
    const seq = (this.#told += 1)
    this.#process.tell(JSON.stringify({ ...command, seq }))
    const heard = await this.#process.hear((fact) => fact['seq'] === seq, answerMsMax)
    const answer = voiceAnswer.parse(heard)
    if (answer.error !== undefined) throw new Error(`${command.do}: ${answer.error}`)
    return answer
  }

  stop(): Promise<void> {
    return this.#process.stop()
  }
}
