/**
 * One member with the unmodified Colyseus client who checks all it is told: every text once, in
 * order, as it was made; and in the end the state.
 */
import { createHash } from 'node:crypto'
import { ColyseusSDK, type Room } from '@colyseus/sdk'
import { numberOfText } from '../hosts/text.ts'

export interface Findings {
  texts: number
  last: number
  /** Texts that were not the next one. */
  outOfOrder: number
  /** Texts that were not as they were made. */
  damaged: number
  stateHash: string
  closedWith: number | null
  /** Times it lost the connection, or was dropped as too slow, and joined again. */
  rejoined: number
}

/**
 * How a reader that was given up finds out: by the kit's code, or, when it did not even read that,
 * by a cut connection. A program then takes a new seat.
 */
const dropped: ReadonlySet<number> = new Set([4413, 1006, 1005])

export class Checker {
  readonly #client: ColyseusSDK
  #room!: Room
  #texts = 0
  #last: number | undefined
  #outOfOrder = 0
  #damaged = 0
  #closedWith: number | null = null
  #rejoined = 0

  static async join(url: string, roomId: string, token: string): Promise<Checker> {
    const client = new ColyseusSDK(url)
    client.auth.token = token
    const checker = new Checker(client)
    checker.#follow(await client.joinById(roomId))
    return checker
  }

  private constructor(client: ColyseusSDK) {
    this.#client = client
  }

  #follow(room: Room): void {
    this.#room = room
    room.reconnection.enabled = false
    room.onMessage('chat.posted', (message: { text: string }) => this.#take(message.text))
    room.onMessage('*', () => {})
    room.onLeave((code) => {
      if (dropped.has(code)) void this.#rejoin(room.roomId)
      else this.#closedWith = code
    })
  }

  async #rejoin(roomId: string): Promise<void> {
    this.#rejoined += 1
    try {
      this.#follow(await this.#client.joinById(roomId))
    } catch {
      this.#closedWith = 1006
    }
  }

  findings(): Findings {
    const state = JSON.stringify(this.#room.state)
    return {
      texts: this.#texts,
      last: this.#last ?? 0,
      outOfOrder: this.#outOfOrder,
      damaged: this.#damaged,
      stateHash: createHash('sha256').update(state).digest('hex'),
      closedWith: this.#closedWith,
      rejoined: this.#rejoined,
    }
  }

  #take(text: string): void {
    this.#texts += 1
    const number = numberOfText(text)
    if (Number.isNaN(number)) {
      this.#damaged += 1
      return
    }
    if (this.#last !== undefined && number !== this.#last + 1) this.#outOfOrder += 1
    this.#last = number
  }
}
