/** What a command is: its shape, who may say it, how often, and the action behind it. */
import type { z } from 'zod'
import type { LogRecord, World } from '../ports.ts'
import type { Member } from './member.ts'
import type { Memory } from './memory.ts'
import type { Entry, Role } from './protocol.ts'
import type { Rate } from './token-bucket.ts'

/** The world as an action sees it. Rooms add their state and ports. */
export interface Scope<State, Events> {
  readonly state: State
  readonly world: World
  /** What the room remembers beside state and log. */
  readonly memory: Memory
  /** Adds an entry to the log; everybody gets it with the next frame. */
  announce<Name extends keyof Events & string>(
    name: Name,
    body: Omit<Events[Name], keyof Entry>,
  ): Events[Name]
  /**
   * Says something to one member alone, behind the next frame. It has no number and is lost while
   * they are away, so what matters must also be readable by state or by a command.
   */
  tell(memberId: string, name: string, body: object): void
  /** The same to hosts and moderators. */
  tellCrew(name: string, body: object): void
  /** Gives a member another role from now on. False when they are not here. */
  setRole(memberId: string, role: Role): boolean
  /** Puts a person out: every socket closes, lost ones do not resume. */
  dismiss(memberId: string): void
  /**
   * Replaces entries for everybody who reads them from now on: joiners, gaps, the archive. Give
   * back the entry as it shall be, or undefined to leave it. Returns what was changed, as it was.
   */
  amend(change: (record: LogRecord) => LogRecord['entry'] | undefined): LogRecord[]
  /** Runs when everybody has been sent what was changed until now. */
  afterFrame(work: () => void): void
  /** True while another process may have the room: what waits for its time waits on. */
  isCutOff(): boolean
}

/**
 * Check, commit (the only `await`), apply. Throws `Refusal` to say no. `sid` is the sign-in that
 * said it, where that is known.
 */
export type Action<S, Message, Reply> = (
  scope: S,
  member: Member,
  message: Message,
  sid?: string,
) => Reply | Promise<Reply>

export interface Command<S> {
  readonly shape: z.ZodType
  readonly may: readonly Role[]
  /** Commands naming the same class share one allowance of a member. */
  readonly rate: Rate & { class: string }
  readonly action: Action<S, never, unknown>
  /** It changes nothing, so its answer need not outlive the process. */
  readonly isRead: boolean
}

export type CommandTable<S> = Readonly<Record<string, Command<S>>>

export const everyone: readonly Role[] = ['viewer', 'moderator', 'host']
/** For commands that name no rate of their own. */
const commonRate = { class: 'common', perSecond: 5, burst: 10 } as const

/** One line of a command table; ties the shape to what the action takes. */
export function command<S, Shape extends z.ZodType>(options: {
  shape: Shape
  may: readonly Role[]
  rate?: Rate & { class: string }
  isRead?: boolean
  action: Action<S, z.output<Shape>, unknown>
}): Command<S> {
  const { shape, may, rate = commonRate, action, isRead = false } = options
  return { shape, may, rate, action, isRead }
}
