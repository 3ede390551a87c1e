/** Slash commands about lines: saying, pinning, taking out. */
import { refused, type SlashCall, type SlashCommand, type SlashContext } from './slash-call.ts'
import type { SlashRefused } from './slash-call.ts'
import { personIn } from './slash-words.ts'

const text = (make: (text: string) => SlashCall) => (rest: string) =>
  rest === '' ? refused('needs_text') : make(rest)

/** The line being answered, else the newest of somebody, else the newest of one's own. */
const line = (make: (id: string) => SlashCall) => {
  return (rest: string, { people, line, lastLineOf }: SlashContext): SlashCall | SlashRefused => {
    if (rest === '') {
      const id = line ?? lastLineOf?.()
      return id === undefined ? refused('no_such_line') : make(id)
    }
    const found = personIn(rest, people)
    if (found === 'several') return refused('several_people', rest)
    if (typeof found === 'string' || found.rest !== '') return refused('no_such_person', rest)
    const id = lastLineOf?.(found.person.id)
    return id === undefined ? refused('no_such_line', rest) : make(id)
  }
}

const pin = line((id) => ({ command: 'chat.pin', args: { id } }))

export const lineCommands: readonly SlashCommand[] = [
  {
    name: '/me',
    usage: '<what you do>',
    description: 'Say it as an action',
    may: 'viewer',
    read: text((said) => ({ command: 'chat.send', args: { text: said, isAction: true } })),
  },
  {
    name: '/delete',
    usage: '[@name]',
    description: 'Take out the newest message, yours or somebody’s',
    may: 'viewer',
    read: line((id) => ({ command: 'chat.delete', args: { id } })),
  },
  {
    name: '/announce',
    usage: '<text>',
    description: 'Say something that everybody notices',
    may: 'moderator',
    read: text((said) => ({ command: 'chat.announce', args: { text: said } })),
  },
  {
    name: '/pin',
    usage: '[@name] | off',
    description: 'Keep a message in view',
    may: 'moderator',
    read: (rest, context) =>
      rest.toLowerCase() === 'off'
        ? { command: 'chat.pin', args: { id: null } }
        : pin(rest, context),
  },
  {
    name: '/clear',
    usage: '',
    description: 'Take out everything said so far',
    may: 'moderator',
    read: (rest) =>
      rest === '' ? { command: 'chat.clear', args: {} } : refused('needs_nothing', rest),
  },
]
