/** What a kind of room brings along to be loaded: how it opens, who talks, what must hold in it. */
import type { Invariant } from '../load/invariants.ts'
import type { LoadMember, MemberLedger } from '../load/member.ts'
import type { LoadPlan } from '../load/plan.ts'
import type { ServerUnderLoad } from '../load/server-under-load.ts'

export interface RoomUnderLoad {
  /** Path where viewers get their seats. */
  seatPath: string
  /** Path where sockets get in without a seat from there. */
  socketPath: string
  join(name: string, ledger: MemberLedger): Promise<LoadMember>
  /** Nobody but the run's own members and viewers does anything any more. */
  still?(): Promise<void>
  /** Ends what was opened for the run, and nothing else. */
  end(): Promise<void>
}

export interface RoomKind {
  open(server: ServerUnderLoad, plan: LoadPlan): Promise<RoomUnderLoad>
  /** Members it takes to say all that the plan wants, each within what one may say. */
  talkers(plan: LoadPlan, server: ServerUnderLoad): number
  /** Beside those that hold in every kind of room. */
  invariants: readonly Invariant[]
}
