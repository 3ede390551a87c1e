/** A room on the real kit that says what it is told to say; nothing of the kit is left out. */
import {
  command,
  everyone,
  type Admission,
  type Command,
  type Entry,
  liveCommands,
  OdeonRoom,
  type RoomPorts,
  requestId,
  type Scope,
  seatAuth,
} from '@odeon/rooms'
import { z } from 'zod'
import { type BenchState, changeState, openState } from '../hosts/bench-state.ts'

interface Line extends Entry {
  text: string
}
type BenchScope = Scope<BenchState, { 'chat.posted': Line }>

/** Nobody is "too fast" here: what is measured is what the room takes. */
const lifted = { perSecond: 1_000, burst: 1_000 }
/** The command of live rooms itself, with what it asks of the room around it. */
const reactionSend = {
  ...liveCommands['reaction.send'],
  rate: { class: 'reaction', ...lifted },
} as unknown as Command<BenchScope>
const open = {
  standings: { sanctionOf: () => null },
  tally: { reaction() {} },
}

const chatSend = z.strictObject({ requestId, text: z.string().min(1).max(500) })

export function defineBenchRoom(ports: RoomPorts) {
  return class BenchRoom extends OdeonRoom<BenchState, { 'chat.posted': Line }, BenchScope> {
    static override onAuth = seatAuth(ports)
    override autoDispose = false
    protected override readonly ports = ports
    protected override readonly commands = {
      'chat.send': command<BenchScope, typeof chatSend>({
        shape: chatSend,
        may: everyone,
        rate: { class: 'chat', ...lifted },
        action: (scope, _member, { text }) => scope.announce('chat.posted', { text }),
      }),
      'reaction.send': reactionSend,
    }

    protected override openState(): Promise<BenchState> {
      return Promise.resolve(openState())
    }

    protected override openScope(kit: BenchScope): BenchScope {
      return { ...kit, ...open }
    }

    protected override admit(): Promise<Admission> {
      return Promise.resolve({ role: 'viewer' })
    }

    say(text: string): void {
      this.scope.announce('chat.posted', { text })
    }

    change(tick: number): void {
      changeState(this.scope.state, tick)
      this.stage.touch()
    }

    get reactions(): number {
      const { reactions } = this.scope.state
      return Object.values(reactions.toJSON()).reduce((sum, count) => sum + count, 0)
    }

    /** The frame that the beat would send, without waiting for the beat. */
    flush(): void {
      this.stage.flush()
    }

    /** Where frames are kept before they are seen, the one under way. */
    get kept(): Promise<void> | undefined {
      return this.ports.journal && this.stage.shown()
    }

    get isBusy(): boolean {
      return this.stage.fanout.isBusy
    }
  }
}
