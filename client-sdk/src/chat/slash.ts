/**
 * What people type with a slash (CHAT-08), read into a call of the room or refused by name before
 * anything is sent. Words are checked here; whether one may is decided by the room.
 */
import { type Role, roles } from '@odeon/rooms/protocol'
import type { LiveConnection } from '../live/live-connection.ts'
import { refused, type SlashCall, type SlashCommand, type SlashContext } from './slash-call.ts'
import type { SlashRefused } from './slash-call.ts'
import { lineCommands } from './slash-lines.ts'
import { modeCommands } from './slash-modes.ts'
import { peopleCommands } from './slash-people.ts'

const all: readonly SlashCommand[] = [...lineCommands, ...peopleCommands, ...modeCommands]
const mayUse = (role: Role, { may }: SlashCommand) => roles.indexOf(role) >= roles.indexOf(may)

/** Commands a role may use, for completion. */
export function slashCommands(role: Role): readonly SlashCommand[] {
  return all.filter((command) => mayUse(role, command))
}

/**
 * Reads a typed line. One without a slash is said as it is; so is one that begins with two, with
 * the first of them taken off.
 *
 *     parseSlash('/timeout @Ann Lee 10m spam', { role: room.you.role, people })
 *     // { command: 'member.timeout', args: { userId, seconds: 600, reason: 'spam' } }
 */
export function parseSlash(typed: string, context: SlashContext): SlashCall | SlashRefused {
  const text = typed.trim()
  if (!text.startsWith('/')) return { command: 'chat.send', args: { text } }
  if (text.startsWith('//')) return { command: 'chat.send', args: { text: text.slice(1) } }
  const [word = ''] = text.split(/\s/, 1)
  const name = word.toLowerCase()
  const command = all.find((one) => one.name === name)
  if (command === undefined) return refused('unknown_command', word)
  if (!mayUse(context.role, command)) return refused('not_allowed', word)
  return command.read(text.slice(word.length).replace(/\s+/gu, ' ').trim(), context)
}

/** Makes the call in a room; resolves and refuses as its method does. */
export function runSlash(
  { chat, members }: Pick<LiveConnection, 'chat' | 'members'>,
  call: SlashCall,
): Promise<unknown> {
  switch (call.command) {
    case 'chat.send': {
      const { text, ...how } = call.args
      return chat.send(text, how)
    }
    case 'chat.announce':
      return chat.announce(call.args.text)
    case 'chat.clear':
      return chat.clear()
    case 'chat.delete':
      return chat.delete(call.args.id)
    case 'chat.modes':
      return chat.modes(call.args.modes)
    case 'chat.pin':
      return chat.pin(call.args.id)
    case 'member.ban':
      return members.ban(call.args)
    case 'member.timeout':
      return members.timeout(call.args)
    case 'member.unban':
      return members.unban(call.args)
    case 'member.untimeout':
      return members.untimeout(call.args)
    case 'member.warn':
      return members.warn(call.args)
    case 'role.grant':
      return members.grant(call.args)
    case 'role.revoke':
      return members.revoke(call.args)
  }
}
