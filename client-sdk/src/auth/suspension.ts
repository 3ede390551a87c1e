/** The account is suspended: why, and the one appeal. Proved by signing in, not by a sign-in. */
import type { Transport } from '../http/transport.ts'
import type { KeptSanction } from '../moderation/shapes.ts'
import { Refusal } from '../refusal.ts'

/** What the server tells beside the refusal `suspended`. */
interface About {
  decision: KeptSanction | null
  appealToken: string
}

export class Suspension {
  readonly decision: KeptSanction
  readonly #token: string
  readonly #transport: Transport

  constructor(
    transport: Transport,
    { decision, token }: { decision: KeptSanction; token: string },
  ) {
    this.#transport = transport
    this.decision = decision
    this.#token = token
  }

  /** As it is now: lifted maybe, or the appeal decided. Refused with `appeal_token_invalid`. */
  read(): Promise<Suspension> {
    return this.#ask('/v1/suspension', {})
  }

  /**
   * Asks somebody else to look at it, once; 10 to 1,000 characters. Refused with
   * `already_appealed`, `not_standing`, `appeal_token_invalid`, `invalid`.
   */
  appeal(text: string): Promise<Suspension> {
    return this.#ask('/v1/suspension/appeal', { text })
  }

  async #ask(path: string, more: { text?: string }): Promise<Suspension> {
    const token = this.#token
    const body = { token, ...more }
    const decision = await this.#transport.send<KeptSanction>({ method: 'POST', path, body })
    return new Suspension(this.#transport, { decision, token })
  }
}

/** Undefined for any other error. */
export function suspensionIn(error: unknown, transport: Transport): Suspension | undefined {
  if (!(error instanceof Refusal) || error.code !== 'suspended') return undefined
  const about = error.about as About | undefined
  if (!about?.decision) return undefined
  const { decision, appealToken: token } = about
  return new Suspension(transport, { decision, token })
}
