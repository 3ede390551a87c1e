/** A live room's scope for tests of actions: real memory of chat, memory ports, a clock by hand. */
import { CrewActions } from '../moderation/crew-actions.ts'
import { HeldLines } from '../moderation/held-lines.ts'
import { Standings } from '../moderation/standings.ts'
import { type ChatScope, ChatHouse } from '../chat/chat-scope.ts'
import type { Member } from '../kit/member.ts'
import { LiveState } from '../live/state.ts'
import { MemoryDesk, MemoryNotices } from './memory-desk.ts'
import { MemoryModeration } from './memory-moderation.ts'
import { countingWorld } from './memory-ports.ts'
import { recordingScope, type Said } from './recording-scope.ts'

type Changeable = { -readonly [Field in keyof Member]: Member[Field] }

export interface ChatBench {
  scope: ChatScope
  said: Said
  clock: { now: number }
  moderation: MemoryModeration
  channels: MemoryDesk
  notices: MemoryNotices
  counted: string[]
  failures: string[]
  woken: { count: number }
  /** Somebody who is here from now on. */
  enter(id: string, role?: Member['role'], more?: Partial<Member>): Member
  /** Waits for what nobody waits for. */
  settle(): Promise<void>
}

export function chatBench(): ChatBench {
  const clock = { now: 1_000_000 }
  const world = countingWorld(() => clock.now)
  const kit = recordingScope<LiveState, never>(liveState(), world)
  const moderation = new MemoryModeration(world, new Set())
  const channels = new MemoryDesk()
  const notices = new MemoryNotices()
  const here = new Map<string, Changeable>()
  const counted: string[] = []
  const failures: string[] = []
  const asides: Promise<unknown>[] = []
  const woken = { count: 0 }
  const standings = new Standings((id) => {
    const { role } = here.get(id) ?? { role: 'viewer' }
    kit.tell(id, 'member.changed', { role, standing: standings.of(id) })
  })
  const scope: ChatScope = {
    ...kit,
    announce: kit.announce,
    moderation,
    channels,
    notices,
    tally: { message: (id) => void counted.push(id) },
    chat: new ChatHouse(),
    standings,
    held: new HeldLines(),
    actions: new CrewActions(),
    head: () => kit.said.announced.length,
    present: (id) => here.get(id),
    assign(id, role) {
      const member = here.get(id)
      if (member !== undefined) member.role = role
      kit.tell(id, 'member.changed', { role, standing: standings.of(id) })
    },
    refresh: async (id) => {
      const identity = standings.identityOf(id)
      const sanction = moderation.sanctions.get(id) ?? null
      if (identity) standings.record(identity, { ...standings.of(id), sanction })
    },
    aside: (work, failure) => void asides.push(work.catch(() => failures.push(failure))),
    wake: () => void (woken.count += 1),
  }
  const enter: ChatBench['enter'] = (id, role = 'viewer', more = {}) => {
    const name = id.charAt(0).toUpperCase() + id.slice(1)
    const member = { id, name, role, kind: 'account' as const, joinedAt: 0, ...more }
    here.set(id, member)
    scope.chat.people.came(member)
    standings.record({ userId: id, name, kind: member.kind, platformRole: 'user' })
    return member
  }
  const settle = async () => void (await Promise.all(asides.splice(0)))
  const ports = { moderation, channels, notices }
  return { scope, said: kit.said, clock, ...ports, counted, failures, woken, enter, settle }
}

function liveState(): LiveState {
  const facts = { streamId: 'stream', channelId: 'channel', channel: 'owl', name: 'Night Owl' }
  return new LiveState().assign({ ...facts, title: 'A stream', phase: 'live' })
}
