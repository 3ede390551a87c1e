/** A room on the real kit that says what it is told to say; nothing of the kit is left out. */
import {
  command,
  everyone,
  type Admission,
  type Entry,
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
        rate: { class: 'chat', perSecond: 1_000, burst: 1_000 },
        action: (scope, _member, { text }) => scope.announce('chat.posted', { text }),
      }),
    }

    protected override openState(): Promise<BenchState> {
      return Promise.resolve(openState())
    }

    protected override openScope(kit: BenchScope): BenchScope {
      return kit
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

    /** The frame that the beat would send, without waiting for the beat. */
    flush(): void {
      this.stage.flush()
    }

    get isBusy(): boolean {
      return this.stage.fanout.isBusy
    }
  }
}
