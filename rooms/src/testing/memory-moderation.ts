/** Moderation in memory: honest about sanctions, undo and the record; words by a plain list. */
import { moderationLimits, type ActionTaken, type Sanction } from '../moderation/protocol.ts'
import type {
  Moderation,
  NewAction,
  ReviewVerdict,
  StandingRemoval,
  TextVerdict,
  World,
} from '../ports.ts'

const undoable = new Set(['timeout', 'ban', 'delete', 'clear', 'purge', 'modes'])
type Act = ActionTaken['kind']
const lifts: Partial<Record<Act, Sanction['kind'][]>> = {
  untimeout: ['timeout'],
  unban: ['timeout', 'ban'],
}

interface Done {
  action: ActionTaken
  sanctioned: string | null
  lineIds: string[]
}

export class MemoryModeration implements Moderation {
  readonly taken: NewAction[] = []
  readonly flagged: { lineId: string; text: string }[] = []
  readonly punished: string[] = []
  /** Score of any text that holds the word. */
  readonly words = new Map([
    ['darn', 0.7],
    ['vile', 0.95],
  ])
  /** In force by person. */
  readonly sanctions = new Map<string, Sanction>()
  readonly moderators: Set<string>
  readonly vips = new Set<string>()
  /** What the next calls of `take` and `undo` wait for; rejecting makes them fail. */
  writing: Promise<unknown> = Promise.resolve()
  reviewer: (text: string) => Promise<ReviewVerdict | null> = async () => null
  readonly #world: World
  readonly #done = new Map<string, Done>()

  constructor(world: World, moderators: Set<string>) {
    this.#world = world
    this.moderators = moderators
  }

  score(text: string): TextVerdict {
    const found = [...this.words].filter(([word]) => text.toLowerCase().includes(word))
    const score = Math.max(0, ...found.map(([, worth]) => worth))
    return { score, category: found.length > 0 ? 'insult' : 'none', matches: found.map(([w]) => w) }
  }

  review(_channelId: string, { text }: { text: string }): Promise<ReviewVerdict | null> {
    return this.reviewer(text)
  }

  async take(action: NewAction): ReturnType<Moderation['take']> {
    await this.writing
    const { kind, target, reason, by } = action
    const refused = this.#effect(action)
    if (refused !== undefined) return { refused }
    this.taken.push(action)
    const at = this.#world.now()
    const undoUntil = undoable.has(kind) ? at + moderationLimits.undoForMs : null
    const made = { id: this.#world.newId(), kind, by, target, reason, at, undoUntil }
    const lineIds = action.lines?.map(({ id }) => id) ?? []
    const isSanction = kind === 'timeout' || kind === 'ban'
    if (!isSanction || target === null) {
      this.#done.set(made.id, { action: made, sanctioned: null, lineIds })
      return { action: made }
    }
    const sanction = this.sanction(target.id, {
      kind,
      until: action.until ?? null,
      reason,
      by: by.role === 'host' ? 'host' : 'moderator',
      scope: 'channel',
    })
    this.#done.set(made.id, { action: made, sanctioned: target.id, lineIds })
    return { action: made, sanction }
  }

  async undo({ actionId, by }: { actionId: string; by: ActionTaken['by'] }) {
    await this.writing
    const done = this.#done.get(actionId)
    const at = this.#world.now()
    if (done === undefined || (done.action.undoUntil ?? 0) <= at) {
      return { refused: 'no_such_action' as const }
    }
    this.#done.delete(actionId)
    if (done.sanctioned !== null) this.sanctions.delete(done.sanctioned)
    const { target } = done.action
    const action = { id: this.#world.newId(), by, target, reason: null, at, undoUntil: null }
    const standing = this.#standing(done.action)
    return { undone: done.action, action: { ...action, kind: 'undo' as const }, standing }
  }

  #standing(undone: ActionTaken): StandingRemoval[] {
    const others = [...this.#done.values()].filter(({ action }) => action.id !== undone.id)
    return others
      .reverse()
      .flatMap(({ action: { id: actionId, kind, target, at }, lineIds }): StandingRemoval[] => {
        if (kind === 'clear') return [{ actionId, at, of: { streamId: '' } }]
        if (kind === 'delete') return [{ actionId, at, of: { lineIds } }]
        return kind === 'ban' && target ? [{ actionId, at, of: { userId: target.id } }] : []
      })
  }

  async punish({ person, text }: { person: { id: string }; text: string }) {
    await this.writing
    this.punished.push(text)
    const { id } = person
    return this.sanction(id, {
      kind: 'timeout',
      until: this.#world.now() + 600_000,
      reason: null,
      by: 'house',
      scope: 'everywhere',
    })
  }

  async flag({ lineId, text }: { lineId: string; text: string }): Promise<void> {
    this.flagged.push({ lineId, text })
  }

  sanction(userId: string, facts: Omit<Sanction, 'id' | 'mayAppeal'>): Sanction {
    const sanction: Sanction = { id: this.#world.newId(), mayAppeal: true, ...facts }
    this.sanctions.set(userId, sanction)
    return sanction
  }

  #effect({ kind, target, details }: NewAction) {
    const lifted = lifts[kind]
    if (lifted !== undefined) {
      const standing = target && this.sanctions.get(target.id)
      if (!standing || !lifted.includes(standing.kind)) return 'not_sanctioned' as const
      this.sanctions.delete(target.id)
    }
    if ((kind !== 'grant' && kind !== 'revoke') || target === null) return undefined
    const holders = details?.['role'] === 'vip' ? this.vips : this.moderators
    if (holders.has(target.id) === (kind === 'grant')) return 'already_so' as const
    if (kind === 'grant') holders.add(target.id)
    else holders.delete(target.id)
    return undefined
  }
}
