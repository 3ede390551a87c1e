/** What of a frame is for relays and a successor only, gathered until the frame is cut. */
import type { LogRecord } from '../../ports.ts'
import type { Role } from '../protocol.ts'
import type { Done, Hidden, RelayReply, Told } from './record.ts'

export class HiddenParts {
  #parts: Hidden = {}

  get isEmpty(): boolean {
    return Object.keys(this.#parts).length === 0
  }

  tell(told: Told): void {
    ;(this.#parts.told ??= []).push(told)
  }

  dismiss(id: string): void {
    ;(this.#parts.dismissed ??= []).push(id)
  }

  role(id: string, role: Role): void {
    ;(this.#parts.roles ??= []).push({ id, role })
  }

  amend(type: string, entry: LogRecord['entry']): void {
    ;(this.#parts.amended ??= []).push([type, entry])
  }

  done(done: Done): void {
    ;(this.#parts.done ??= []).push(done)
  }

  reply(reply: RelayReply): void {
    ;(this.#parts.replies ??= []).push(reply)
  }

  stranger(relay: string): void {
    this.#parts.strangers ??= []
    if (!this.#parts.strangers.includes(relay)) this.#parts.strangers.push(relay)
  }

  end(): void {
    this.#parts.isLast = true
  }

  /** What was gathered, with what goes along; undefined when there is nothing. */
  take(also: Pick<Hidden, 'memory' | 'taken'>): Hidden | undefined {
    const parts = this.#parts
    this.#parts = {}
    if (also.memory !== undefined) parts.memory = also.memory
    if (also.taken !== undefined) parts.taken = also.taken
    return Object.keys(parts).length === 0 ? undefined : parts
  }
}
