/** One simulated person in a live room: a member like any other, through HTTP and a socket. */
import { ColyseusSDK, type Room } from '@colyseus/sdk'
import type { Logger } from '@odeon/rooms/ports'
import type { LiveEvents, LiveState, MediaTicket, ReactionKind } from '@odeon/rooms/protocol'
import type { User } from '../accounts/entities.ts'
import type { AccountsService } from '../accounts/service.ts'
import type { Seat } from '../rooms/protocol.ts'

export interface DemoMemberDeps {
  url: string
  service: Pick<AccountsService, 'signIn' | 'signOut'>
  newId(): string
  log: Pick<Logger, 'debug'>
}

export class DemoMember {
  readonly user: User
  readonly #deps: DemoMemberDeps
  #room: Room<unknown, LiveState> | undefined

  constructor(user: User, deps: DemoMemberDeps) {
    this.user = user
    this.#deps = deps
  }

  get isPresent(): boolean {
    return this.#room !== undefined
  }

  get state(): LiveState | undefined {
    return this.#room?.state
  }

  /** Rejects when the seat is refused. `hear` gets what is said from now on. */
  async join(streamId: string, hear?: (line: LiveEvents['chat.posted']) => void): Promise<void> {
    const { url, service, log } = this.#deps
    const { accessToken, refreshToken } = await service.signIn(this.user, 'demo')
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ backlog: 0 })
    const path = `${url}/v1/streams/${streamId}/seat`
    const reply = await fetch(path, { method: 'POST', headers, body })
    if (!reply.ok) throw new Error(`a seat was refused: ${await reply.text()}`)
    const seat = (await reply.json()) as Seat
    const room = await new ColyseusSDK(url).consumeSeatReservation<LiveState>(seat)
    room.reconnection.enabled = false
    room.onLeave(() => {
      if (this.#room === room) this.#room = undefined
      // With a sign-in end the sockets it opened, so it lasts as long as they do.
      service.signOut({ refreshToken }).catch((err: unknown) => {
        log.debug({ err }, 'a sign-in of the demo was not ended; time ends it')
      })
    })
    room.onMessage('*', (type, payload) => {
      if (type === 'chat.posted') hear?.(payload as LiveEvents['chat.posted'])
    })
    this.#room = room
  }

  async leave(): Promise<void> {
    const room = this.#room
    this.#room = undefined
    await room?.leave()
  }

  /** The line as it was posted; undefined when it was refused or has to wait. */
  async say(text: string): Promise<{ id: string } | undefined> {
    const reply = await this.#ask('chat.send', { text })
    return reply && typeof reply === 'object' && 'seq' in reply
      ? (reply as { seq: number; id: string })
      : undefined
  }

  pin(id: string): Promise<unknown> {
    return this.#ask('chat.pin', { id })
  }

  react(kind: ReactionKind, count: number): Promise<unknown> {
    return this.#ask('reaction.send', { kind, count })
  }

  start(): Promise<unknown> {
    return this.#ask('stream.start', {})
  }

  /** Lets them into the media of the room; undefined while there are none, or not for them. */
  async ticket(): Promise<MediaTicket | undefined> {
    return (await this.#ask('media.ticket', { tab: 'demo' })) as MediaTicket | undefined
  }

  invite(userId: string): Promise<unknown> {
    return this.#ask('floor.invite', { userId })
  }

  sit(): Promise<unknown> {
    return this.#ask('floor.sit', {})
  }

  stand(): Promise<unknown> {
    return this.#ask('floor.stand', {})
  }

  raiseHand(): Promise<unknown> {
    return this.#ask('floor.raise', {})
  }

  /** A refusal is an answer, and nobody here minds one. */
  async #ask(command: string, message: object): Promise<unknown> {
    try {
      return await this.#room?.request(command, { requestId: this.#deps.newId(), ...message })
    } catch (error) {
      if (error instanceof Error && error.name === 'rejected') return undefined
      throw error
    }
  }
}
