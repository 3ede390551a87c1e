/** How somebody stands here as the record says: asked at each join and when the server says so. */
import { type ChatScope } from '../chat/chat-scope.ts'
import type { Admission, Identity, Streams } from '../ports.ts'
import { listCrew, showTier, unlistCrew } from '../roster/keep-roster.ts'
import type { Member } from '../kit/member.ts'
import { moderationLimits } from './protocol.ts'

type RecordScope = ChatScope & { readonly streams: Pick<Streams, 'admit'> }

const triesMax = 3

/** Admits a person; an answer from before a moderator's decision is asked for again. */
export async function admitPerson(scope: RecordScope, identity: Identity): Promise<Admission> {
  const admission = await ask(scope, identity)
  take(scope, identity, admission)
  return admission
}

function take(scope: RecordScope, identity: Identity, admission: Admission): void {
  if ('refused' in admission) return
  scope.standings.record(identity, admission.standing, admission.isMarked)
  scope.assign(identity.userId, admission.role)
}

/** For somebody who is here; whoever may not be here any more is put out. */
export async function refreshPerson(scope: RecordScope, userId: string): Promise<void> {
  const identity = scope.standings.identityOf(userId)
  if (identity === undefined) return
  const admission = await ask(scope, identity)
  // Of whoever left meanwhile nothing is kept: nobody would forget it again.
  if (scope.standings.identityOf(userId) === undefined) return
  take(scope, identity, admission)
  if ('refused' in admission) scope.dismiss(userId)
}

async function ask(scope: RecordScope, identity: Identity): Promise<Admission> {
  for (let tries = 1; ; tries += 1) {
    const { changes } = scope.standings
    const admission = await scope.streams.admit(scope.state.streamId, identity)
    if (changes === scope.standings.changes || tries === triesMax) return admission
  }
}

/** Another role, and the crew list with it. */
export function assignRole(scope: ChatScope, userId: string, role: Member['role']): void {
  const member = scope.present(userId)
  if (member === undefined || member.role === role) return
  unlistCrew(scope.state, member)
  scope.setRole(userId, role)
  listCrew(scope.state, member, scope.standings.levelOf(userId, scope.world.now()))
  tellStanding(scope, userId)
}

/** Tells somebody, and shows of it what everybody sees. */
export function tellStanding(scope: ChatScope, userId: string): void {
  const member = scope.present(userId)
  if (member === undefined) return
  showTier(scope.state, userId, scope.standings.levelOf(userId, scope.world.now()))
  const standing = scope.standings.of(userId)
  scope.tell(userId, 'member.changed', { role: member.role, standing })
}

/**
 * People of whom the room knows only what the record said some time ago, from a relay: it is asked
 * again before they act, and of those who say nothing a few at a time.
 */
export class UnsurePeople {
  readonly #refresh: (userId: string) => Promise<void>
  readonly #people = new Set<string>()
  readonly #asking = new Map<string, Promise<void>>()

  constructor(refresh: (userId: string) => Promise<void>) {
    this.#refresh = refresh
  }

  add(userId: string): void {
    this.#people.add(userId)
  }

  forget(userId: string): void {
    this.#people.delete(userId)
  }

  /** Resolves when it is known how they stand; undefined when it is. Rejects as reading does. */
  settle(userId: string): Promise<void> | undefined {
    const asking = this.#asking.get(userId)
    if (asking !== undefined || !this.#people.has(userId)) return asking
    const work = this.#refresh(userId)
      .then(() => void this.#people.delete(userId))
      .finally(() => {
        this.#asking.delete(userId)
        // Of whom nothing could be read waits behind the others.
        if (this.#people.delete(userId)) this.#people.add(userId)
      })
    this.#asking.set(userId, work)
    return work
  }

  /** About once a second: some of those who have not acted; a slow record is asked no more. */
  settleSome(): Promise<void>[] {
    const some: Promise<void>[] = []
    for (const userId of this.#people) {
      if (this.#asking.size >= moderationLimits.unsureAtOnce) break
      if (this.#asking.has(userId)) continue
      const work = this.settle(userId)
      if (work !== undefined) some.push(work)
    }
    return some
  }
}
