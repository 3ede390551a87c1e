/** Guests and seats over HTTP, a few at a time; a server that says "not yet" is waited for. */
import { setTimeout as sleep } from 'node:timers/promises'

/** An answer that is none, by the name under which it is counted. */
export class NoEntry extends Error {
  override name = 'NoEntry'
  /** Of the answer, where there was one. */
  readonly status: number | undefined

  constructor(message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause })
    this.status = status
  }
}

export interface DoorOptions {
  addresses: string[]
  isTls: boolean
  seat: string | undefined
  guest: string | undefined
  body: string
  lanes: number
}

const waitMsMax = 20 * 60_000
const answerMsMax = 20_000

export class Door {
  readonly #options: DoorOptions
  #busy = 0
  #turn = 0
  readonly #waiting: (() => void)[] = []

  constructor(options: DoorOptions) {
    this.#options = options
  }

  /** The token of a new guest. */
  async guest(): Promise<string> {
    const until = performance.now() + waitMsMax
    for (;;) {
      const { status, body } = await this.#ask(this.#options.guest ?? '', '{}')
      if (status === 201 && typeof body['accessToken'] === 'string') return body['accessToken']
      const afterMs = Number(body['retryAfterMs'] ?? 1_000)
      if (status !== 429 || performance.now() + afterMs > until)
        throw refused('guest', status, body)
      await sleep(afterMs)
    }
  }

  /** Address of the socket that a seat is for. */
  async seat(token: string, isBack: boolean): Promise<string> {
    const wanted = isBack ? '{"backlog":0}' : this.#options.body
    const { status, body } = await this.#ask(this.#options.seat ?? '', wanted, token)
    const { sessionId, processId, roomId, publicAddress } = body
    if (status !== 200 || typeof sessionId !== 'string') throw refused('seat', status, body)
    const host = typeof publicAddress === 'string' ? publicAddress : this.#options.addresses[0]
    const scheme = this.#options.isTls ? 'wss' : 'ws'
    const query = new URLSearchParams({ sessionId })
    return `${scheme}://${host}/${String(processId)}/${String(roomId)}?${query.toString()}`
  }

  async #ask(
    path: string,
    body: string,
    token?: string,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    await this.#lane()
    try {
      const { addresses, isTls } = this.#options
      this.#turn += 1
      const host = addresses[this.#turn % addresses.length]
      const reply = await fetch(`${isTls ? 'https' : 'http'}://${host}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-odeon-client': 'program',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body,
        signal: AbortSignal.timeout(answerMsMax),
      })
      return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
    } catch (error) {
      // Nobody listens, the line broke, or what answers is not ours: counted, not fatal.
      throw new NoEntry('seat connection lost', { cause: error })
    } finally {
      this.#busy -= 1
      this.#waiting.shift()?.()
    }
  }

  async #lane(): Promise<void> {
    if (this.#busy >= this.#options.lanes) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#busy += 1
  }
}

function refused(what: string, status: number, body: Record<string, unknown>): NoEntry {
  const code = typeof body['code'] === 'string' ? body['code'] : 'no code'
  return new NoEntry(`${what} ${status} ${code}`, { status })
}
