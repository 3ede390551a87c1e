/** `chat.modes`: the crew changes how one may chat; everybody is shown it before it holds (C2). */
import { type Member, personOf } from '../kit/member.ts'
import type { Person } from '../kit/protocol.ts'
import { acted, takeAction } from '../moderation/take-action.ts'
import type { ChatScope } from './chat-scope.ts'
import { postDue } from './post-line.ts'
import { type ChatModes, type ChatModesAsk, chatModesShape } from './protocol.ts'
import type { Chat } from './state.ts'

const names = Object.keys(chatModesShape.shape) as (keyof ChatModes)[]

/** One change after the other, so that each starts from what the one before left. */
export function changeModes(
  scope: ChatScope,
  member: Member,
  { modes }: ChatModesAsk,
): ChatModes | Promise<ChatModes> {
  return scope.chat.turns.take('chat.modes', async () => {
    const before = modesOf(scope.state.chat)
    const wanted = Object.entries(modes).filter(([, value]) => value !== undefined)
    const after: ChatModes = { ...before, ...Object.fromEntries(wanted) }
    if (names.every((name) => before[name] === after[name])) return before

    const details = { before, after }
    const { action } = await takeAction(scope, member, { kind: 'modes', details })

    show(scope, personOf(member), after)
    acted(scope, action, { modes: { before, after } })
    return after
  })
}

/** Undone, only what it changed and still is as it left it goes back. */
export function bringBackModes(
  scope: ChatScope,
  by: Person,
  { before, after }: { before: ChatModes; after: ChatModes },
): void {
  const now = modesOf(scope.state.chat)
  const back = names.filter((name) => before[name] !== after[name] && now[name] === after[name])
  const values = Object.fromEntries(back.map((name) => [name, before[name]]))
  show(scope, by, { ...now, ...values })
}

export function modesOf(chat: Chat): ChatModes {
  const { slowSeconds, followersMinutes, subscribersOnly, emoteOnly, unique, delaySeconds } = chat
  return { slowSeconds, followersMinutes, subscribersOnly, emoteOnly, unique, delaySeconds }
}

/** Modes as the channel has them: shown, then in force. */
export function applyModes(scope: ChatScope, modes: ChatModes): void {
  scope.state.chat.assign(modes)
  scope.afterFrame(() => {
    scope.chat.modes = modes
    postDue(scope)
  })
}

function show(scope: ChatScope, by: Person, modes: ChatModes): void {
  const { channels, chat, state } = scope
  applyModes(scope, modes)
  scope.announce('chat.moded', { by, modes })
  chat.modesUnsaved += 1
  chat.modesChanged += 1
  const save = async () => {
    try {
      await channels.saveModes(state.channelId, modesOf(state.chat))
    } finally {
      chat.modesUnsaved -= 1
    }
  }
  scope.aside(Promise.resolve(chat.turns.take('save modes', save)), 'modes were not saved')
}
