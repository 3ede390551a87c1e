/** Slash commands about people. */
import { moderationLimits } from '@odeon/rooms/protocol'
import { refused, type SlashCall, type SlashCommand, type SlashContext } from './slash-call.ts'
import type { SlashRefused } from './slash-call.ts'
import { durationIn, personIn } from './slash-words.ts'

type Read = (userId: string, rest: string) => SlashCall | SlashRefused

/** Somebody, then what `read` makes of the rest. */
const about = (read: Read) => (rest: string, context: SlashContext) => {
  const found = personIn(rest, context.people)
  if (found === 'none') return refused('needs_person')
  if (found === 'unknown') return refused('no_such_person', rest)
  if (found === 'several') return refused('several_people', rest)
  return read(found.person.id, found.rest)
}

/** Somebody and nothing else. */
const only = (make: (userId: string) => SlashCall) =>
  about((userId, rest) => (rest === '' ? make(userId) : refused('no_such_person', rest)))

const because = (reason: string) => (reason === '' ? {} : { reason })

function timeout(userId: string, rest: string): SlashCall | SlashRefused {
  const [word = ''] = rest.split(' ', 1)
  const seconds = durationIn(word, 's')
  if (seconds === undefined) {
    // A number that is no duration was meant as one; other words are the reason.
    if (/^\d/.test(word)) return refused('needs_duration', word)
    return { command: 'member.timeout', args: { userId, ...because(rest) } }
  }
  const { timeoutSecondsMin, timeoutSecondsMax } = moderationLimits
  if (seconds < timeoutSecondsMin || seconds > timeoutSecondsMax) {
    return refused('duration_out_of_bounds', word)
  }
  const reason = rest.slice(word.length).trim()
  return { command: 'member.timeout', args: { userId, seconds, ...because(reason) } }
}

export const peopleCommands: readonly SlashCommand[] = [
  {
    name: '/timeout',
    usage: '@name [10m] [reason]',
    description: 'Mute somebody for a while',
    may: 'moderator',
    read: about(timeout),
  },
  {
    name: '/untimeout',
    usage: '@name',
    description: 'End a mute',
    may: 'moderator',
    read: only((userId) => ({ command: 'member.untimeout', args: { userId } })),
  },
  {
    name: '/ban',
    usage: '@name [reason]',
    description: 'Ban somebody from this chat',
    may: 'moderator',
    read: about((userId, reason) => {
      return { command: 'member.ban', args: { userId, ...because(reason) } }
    }),
  },
  {
    name: '/unban',
    usage: '@name',
    description: 'Lift a ban',
    may: 'moderator',
    read: only((userId) => ({ command: 'member.unban', args: { userId } })),
  },
  {
    name: '/warn',
    usage: '@name [reason]',
    description: 'Tell somebody off',
    may: 'moderator',
    read: about((userId, reason) => {
      return { command: 'member.warn', args: { userId, ...because(reason) } }
    }),
  },
  role('/mod', 'Make somebody a moderator', 'role.grant', 'moderator'),
  role('/unmod', 'Take the moderator role back', 'role.revoke', 'moderator'),
  role('/vip', 'Make somebody a VIP', 'role.grant', 'vip'),
  role('/unvip', 'Take the VIP role back', 'role.revoke', 'vip'),
]

function role(
  name: string,
  description: string,
  command: 'role.grant' | 'role.revoke',
  which: 'moderator' | 'vip',
): SlashCommand {
  const read = only((userId) => ({ command, args: { userId, role: which } }))
  return { name, usage: '@name', description, may: 'host', read }
}
