/**
 * Classes of an audience that see parts of the state of their own. They are encoded once for each
 * class and never for each viewer, so there are few, and a member belongs to one of them at most.
 */
import type { StateView } from '@colyseus/schema'
import type { Member } from './member.ts'

/**
 * By its name: marks what a class sees beyond what everybody sees, by `view.add(thing, tag)`. Tags
 * are bits: a field is shown to every view that shares one with it.
 */
export type AudienceClasses<State> = Readonly<
  Record<string, (view: StateView, state: State) => void>
>

/**
 * What only a class sees reaches its sockets at the room's writer, where hosts and moderators sit.
 * It is in no journal and no recording: relays, successors and replays know what everybody sees.
 */
export interface Audience<State> {
  readonly classes: AudienceClasses<State>
  /** Undefined for who sees what everybody sees. Asked for each socket and frame. */
  classOf(member: Member): string | undefined
}
