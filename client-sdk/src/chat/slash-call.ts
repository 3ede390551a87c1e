/** What a line with a slash becomes: a call of the room, or a refusal by name. */
import type { LiveCommands, Role } from '@odeon/rooms/protocol'
import type { Named } from './slash-words.ts'

type Call<Name extends keyof LiveCommands> = {
  command: Name
  args: LiveCommands[Name]['ask']
}

/** Typed by its `command`; `runSlash` makes it. */
export type SlashCall =
  | Call<'chat.send'>
  | Call<'chat.announce'>
  | Call<'chat.clear'>
  | Call<'chat.delete'>
  | Call<'chat.modes'>
  | Call<'chat.pin'>
  | Call<'member.ban'>
  | Call<'member.timeout'>
  | Call<'member.unban'>
  | Call<'member.untimeout'>
  | Call<'member.warn'>
  | Call<'role.grant'>
  | Call<'role.revoke'>

/** English texts by code; a page may have its own. */
export const slashRefusals = {
  unknown_command: 'There is no such command.',
  not_allowed: 'You may not use that command here.',
  needs_person: 'Say who: @name.',
  no_such_person: 'Nobody of that name is here or spoke here.',
  several_people: 'Several people have that name. Choose one in the chat.',
  needs_text: 'Say something behind it.',
  needs_duration: 'Say how long: 30s, 10m, 2h or 1d.',
  duration_out_of_bounds: 'That is too long or too short.',
  needs_on_or_off: 'It is on or off.',
  needs_nothing: 'Nothing goes behind that command.',
  no_such_line: 'There is no such message.',
} as const
export type SlashRefusalCode = keyof typeof slashRefusals

export interface SlashRefused {
  refused: SlashRefusalCode
  message: string
  /** The words it is about, as they were typed. */
  about: string
}

export interface SlashContext {
  role: Role
  /** People who may be named: those of the crew, those who spoke. */
  people: Iterable<Named>
  /** Id of the line being answered while this is typed; `/delete` and `/pin` are about it then. */
  line?: string | undefined
  /** Id of the newest line of somebody, of one's own without a person. */
  lastLineOf?: (userId?: string) => string | undefined
}

export interface SlashCommand {
  /** With its slash: `/slow`. */
  readonly name: string
  /** What goes behind it, for completion. */
  readonly usage: string
  /** English; a page may have its own words by `name`. */
  readonly description: string
  /** The least role that may use it. */
  readonly may: Role
  readonly read: (rest: string, context: SlashContext) => SlashCall | SlashRefused
}

export function refused(code: SlashRefusalCode, about = ''): SlashRefused {
  return { refused: code, message: slashRefusals[code], about }
}
