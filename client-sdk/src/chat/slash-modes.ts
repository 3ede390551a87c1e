/** Slash commands for the modes of chat. */
import { type ChatModes, chatLimits } from '@odeon/rooms/protocol'
import { refused, type SlashCall, type SlashCommand, type SlashRefused } from './slash-call.ts'
import { durationIn } from './slash-words.ts'

const slowSecondsUsual = 30

const modes = (change: Partial<ChatModes>): SlashCall => ({
  command: 'chat.modes',
  args: { modes: change },
})

function slow(rest: string): SlashCall | SlashRefused {
  if (isOff(rest)) return modes({ slowSeconds: 0 })
  const slowSeconds = rest === '' ? slowSecondsUsual : durationIn(rest, 's')
  if (slowSeconds === undefined) return refused('needs_duration', rest)
  const isTooLong = slowSeconds > chatLimits.slowSecondsMax
  return isTooLong ? refused('duration_out_of_bounds', rest) : modes({ slowSeconds })
}

/** A number alone means minutes; any follower will do unless told. */
function followers(rest: string): SlashCall | SlashRefused {
  if (isOff(rest)) return modes({ followersMinutes: -1 })
  const seconds = rest === '' ? 0 : durationIn(rest, 'm')
  if (seconds === undefined) return refused('needs_duration', rest)
  const followersMinutes = Math.ceil(seconds / 60)
  const isTooLong = followersMinutes > chatLimits.followersMinutesMax
  return isTooLong ? refused('duration_out_of_bounds', rest) : modes({ followersMinutes })
}

const isOff = (word: string): boolean => word.toLowerCase() === 'off'

/** On unless told. */
const toggled = (make: (isOn: boolean) => Partial<ChatModes>) => (rest: string) => {
  if (isOff(rest)) return modes(make(false))
  const isOn = rest === '' || rest.toLowerCase() === 'on'
  return isOn ? modes(make(true)) : refused('needs_on_or_off', rest)
}

const may = 'moderator'

export const modeCommands: readonly SlashCommand[] = [
  {
    name: '/slow',
    usage: '[30s] | off',
    description: 'One message in so many seconds',
    may,
    read: slow,
  },
  {
    name: '/followers',
    usage: '[10m | 2h | 1d] | off',
    description: 'Only those who have followed for so long',
    may,
    read: followers,
  },
  {
    name: '/subscribers',
    usage: '[on | off]',
    description: 'Only subscribers',
    may,
    read: toggled((subscribersOnly) => ({ subscribersOnly })),
  },
  {
    name: '/emoteonly',
    usage: '[on | off]',
    description: 'Only emotes',
    may,
    read: toggled((emoteOnly) => ({ emoteOnly })),
  },
  {
    name: '/unique',
    usage: '[on | off]',
    description: 'Nothing that was said a moment ago',
    may,
    read: toggled((unique) => ({ unique })),
  },
]
