/**
 * Where the writer of a room hears its relays: people who came by them are members like any other,
 * and what they ask is done once, in the order in which each relay said it.
 */
import type { Logger, World } from '../../ports.ts'
import type { Outcome } from '../answers.ts'
import type { RelayReply } from '../journal/record.ts'
import type { Member, Members } from '../member.ts'
import { kitLimits, kitRefusals } from '../protocol.ts'
import {
  type Asked,
  type Batch,
  type Came,
  type Naming,
  unpackBatch,
  unpackPayload,
} from './upstream.ts'

/** What a member says by a relay. */
export interface Said {
  name: string
  payload: unknown
  sid: string | undefined
}

export interface RelayDeskOptions {
  members: Members
  /** Of the writer. */
  epoch: number
  world: World
  logger: Logger
  /** Newest batch that the journal says was taken from each relay. */
  taken: ReadonlyMap<string, number>
  /** Everything up to this batch is done; undefined forgets the relay. */
  took: (relay: string, batch: number | undefined) => void
  run: (member: Member, said: Said) => Outcome | Promise<Outcome>
  /** What a member waits for before they act; undefined when there is nothing. */
  sureOf: (member: Member) => Promise<unknown> | undefined
  reply: (reply: RelayReply) => void
  /** A relay speaks that is not known. */
  stranger: (relay: string) => void
  /** A member came or went; `admission` as the relay was told by the record. */
  entered: (member: Member, came: Came, isNew: boolean) => void
  exited: (member: Member) => void
  /** A relay that was not heard for a while still has somebody who was put out meanwhile. */
  putOut: (memberId: string) => void
  /** Something was said: there may be output. */
  touched: () => void
}

const unavailable: Outcome = {
  status: 'fault',
  body: { code: 'unavailable', message: kitRefusals.unavailable },
}
const gone: Outcome = {
  status: 'refused',
  body: { code: 'not_allowed', message: kitRefusals.not_allowed },
}

interface Relay {
  /** Newest batch that was read. */
  read: number
  /** Batches that were read and are not all done, with how many of their commands are not. */
  underWay: Map<number, number>
  members: Set<string>
  /** While it names everybody: those whom it has not named yet. */
  unnamed: Set<string>
  heardAt: number
}

export class RelayDesk {
  readonly #options: RelayDeskOptions
  readonly #relays = new Map<string, Relay>()
  #unreadAt = Number.NEGATIVE_INFINITY

  constructor(options: RelayDeskOptions) {
    this.#options = options
    const heardAt = options.world.now()
    for (const [id, read] of options.taken) {
      this.#relays.set(id, { ...newRelay(read), heardAt })
    }
  }

  get relays(): number {
    return this.#relays.size
  }

  /** Came by a relay that is heard. */
  hasBrought(memberId: string): boolean {
    for (const { members } of this.#relays.values()) if (members.has(memberId)) return true
    return false
  }

  hear(bytes: Buffer): void {
    const batch = this.#batchIn(bytes)
    if (batch === undefined) return
    // Its relay has not seen this writer yet. When it has, it names its people and says it again.
    if (batch.epoch !== this.#options.epoch) return this.#hearLife(batch)
    const relay = this.#relayOf(batch)
    if (relay === undefined) {
      this.#options.stranger(batch.relay)
      this.#options.touched()
      return
    }
    relay.heardAt = this.#options.world.now()
    // What was read is not read again, and nothing is read before what was said before it.
    if (batch.n === 0 || batch.n !== relay.read + 1) return
    this.#read(relay, batch)
  }

  /** A relay of another version says many a second: one of them is told of now and then. */
  #batchIn(bytes: Buffer): Batch | undefined {
    try {
      return unpackBatch(bytes)
    } catch (err) {
      const { world, logger } = this.#options
      const now = world.now()
      if (now - this.#unreadAt < kitLimits.relayUnreadEveryMs) return undefined
      this.#unreadAt = now
      logger.error({ err }, 'what a relay says is not understood; its people are not heard')
      return undefined
    }
  }

  #hearLife({ relay }: Batch): void {
    const known = this.#relays.get(relay)
    if (known !== undefined) known.heardAt = this.#options.world.now()
  }

  /** Relays that say nothing any more are gone; their people are waited for. */
  beat(now: number): void {
    for (const [id, relay] of this.#relays) {
      if (now - relay.heardAt < kitLimits.relaySilentMs) continue
      this.#relays.delete(id)
      for (const memberId of relay.members) this.#options.members.lose(memberId, now)
      this.#options.took(id, undefined)
      this.#options.logger.warn({ relay: id, members: relay.members.size }, 'a relay is gone')
    }
  }

  /** The relay of a batch; a stranger that does not introduce itself is not listened to. */
  #relayOf({ relay: id, n, isFirst }: Batch): Relay | undefined {
    const known = this.#relays.get(id)
    if (known !== undefined || !isFirst) return known
    const relay = newRelay(n - 1)
    this.#relays.set(id, relay)
    return relay
  }

  #read(relay: Relay, { relay: id, n, items }: Batch): void {
    relay.read = n
    const commands = items.filter(({ kind }) => kind === 'asked').length
    relay.underWay.set(n, commands)
    for (const item of items) {
      if (item.kind === 'came') this.#came(relay, item)
      else if (item.kind === 'went') this.#went(relay, item.memberId)
      else if (item.kind === 'asked') this.#asked(relay, id, n, item)
      else this.#named(relay, item)
    }
    this.#settle(relay, id)
    this.#options.touched()
  }

  #came(relay: Relay, came: Came): void {
    const { identity, admission, isAgain, joinedAt } = came
    const { members, world, entered, putOut } = this.#options
    const { userId } = identity
    relay.unnamed.delete(userId)
    if (relay.members.has(userId)) return
    const known = isAgain && members.get(userId)
    if (known && members.isDismissed(known)) return putOut(userId)
    relay.members.add(userId)
    const role = known ? known.role : admission.role
    const { member, isNew } = members.enter(identity, role, joinedAt ?? world.now())
    entered(member, came, isNew)
  }

  #went(relay: Relay, memberId: string): void {
    const { members, exited } = this.#options
    if (!relay.members.delete(memberId)) return
    const member = members.get(memberId)
    if (member !== undefined && members.leave(member)) exited(member)
  }

  #named(relay: Relay, { kind }: Naming): void {
    if (kind === 'named') for (const memberId of relay.unnamed) this.#went(relay, memberId)
    relay.unnamed = new Set(kind === 'naming' ? relay.members : [])
  }

  #asked(relay: Relay, id: string, n: number, asked: Asked): void {
    const { ref, memberId } = asked
    const { members, reply, touched } = this.#options
    const answer = (outcome: Outcome): void => {
      reply({ relay: id, ref, outcome })
      relay.underWay.set(n, (relay.underWay.get(n) ?? 1) - 1)
    }
    const member = members.get(memberId)
    // They left meanwhile, and with them whoever would hear the answer.
    if (member === undefined) return void relay.underWay.set(n, (relay.underWay.get(n) ?? 1) - 1)
    const outcome = this.#run(member, asked)
    if (!(outcome instanceof Promise)) return answer(outcome)
    void outcome.then((settled) => {
      answer(settled)
      this.#settle(relay, id)
      touched()
    })
  }

  #run(member: Member, asked: Asked): Outcome | Promise<Outcome> {
    const { members, sureOf } = this.#options
    const sure = sureOf(member)
    if (sure === undefined) return this.#act(member, asked)
    return sure.then(
      () => (members.isDismissed(member) ? gone : this.#act(member, asked)),
      () => unavailable,
    )
  }

  /** What throws here would leave its batch under way for ever, and all that come behind it. */
  #act(member: Member, { name, payload, sid }: Asked): Outcome | Promise<Outcome> {
    const { run, logger } = this.#options
    try {
      return run(member, { name, payload: unpackPayload(payload), sid })
    } catch (err) {
      logger.error({ err, command: name }, 'what a relay passed on was not understood')
      return unavailable
    }
  }

  /** Moves on to the newest batch before which nothing is under way. */
  #settle(relay: Relay, id: string): void {
    // One that was forgotten meanwhile says again, under other numbers, what was not taken.
    if (this.#relays.get(id) !== relay) return
    let done: number | undefined
    for (const [n, left] of relay.underWay) {
      if (left > 0) break
      relay.underWay.delete(n)
      done = n
    }
    if (done !== undefined) this.#options.took(id, done)
  }
}

function newRelay(read: number): Relay {
  return { read, underWay: new Map(), members: new Set(), unnamed: new Set(), heardAt: 0 }
}
