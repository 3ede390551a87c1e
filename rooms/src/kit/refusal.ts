/** The expected "no": thrown by an action's check, answered to the asker, seen by nobody else. */
import type { RefusalBody } from './protocol.ts'

export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: string
  readonly retryAfterMs: number | undefined

  constructor(code: string, text: string, retryAfterMs?: number) {
    super(text)
    this.code = code
    this.retryAfterMs = retryAfterMs
  }

  toBody(): RefusalBody {
    const body: RefusalBody = { code: this.code, message: this.message }
    if (this.retryAfterMs !== undefined) body.retryAfterMs = Math.ceil(this.retryAfterMs)
    return body
  }
}

/** Refuses by a code of a closed list: `refuse(chatRefusals, 'chat_closed')`. */
export function refuse<Codes extends Record<string, string>>(
  codes: Codes,
  code: keyof Codes & string,
  retryAfterMs?: number,
): never {
  throw new Refusal(code, codes[code] as string, retryAfterMs)
}
