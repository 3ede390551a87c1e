/** A line becomes an entry: everybody gets it, and who is named or answered is told. */
import { type ChatScope, isCrew } from './chat-scope.ts'
import { findLine } from './find-line.ts'
import { findMentions } from './find-mentions.ts'
import type { LineBody } from './line.ts'
import type { ChatPosted } from './protocol.ts'

export function postLine(scope: ChatScope, body: LineBody): ChatPosted {
  const { from, text } = body
  scope.chat.recent.shown(text, scope.world.now())
  scope.tally.message(from.id)
  scope.chat.people.spoke(from)
  const posted = scope.announce('chat.posted', body)
  notify(scope, posted)
  return posted
}

/** A line that waited. What it answers may have been taken out meanwhile. */
export function postLate(scope: ChatScope, body: LineBody): ChatPosted {
  const { replyTo } = body
  const isGone = replyTo !== undefined && findLine(scope, replyTo.id) === undefined
  const posted = postLine(scope, isGone ? { ...body, replyTo: { ...replyTo, text: '' } } : body)
  scope.tell(body.from.id, 'chat.outcome', { id: body.id, outcome: 'posted' })
  return posted
}

/** Lines whose delay is over. Cut off, the room leaves them to the next beat or to a successor. */
export function postDue(scope: ChatScope): void {
  if (scope.isCutOff()) return
  const { chat, world } = scope
  for (const { body } of chat.delayed.due(world.now(), chat.delayMs)) {
    if (isRepeated(scope, body)) giveUpRepeated(scope, body)
    else postLate(scope, body)
  }
  scope.wake()
}

/** Of those who waited with the same words, the first is shown. */
function isRepeated({ chat, world }: ChatScope, { from, text }: LineBody): boolean {
  if (!chat.modes.unique || isCrew(from)) return false
  return chat.recent.shownWaitMs(text, world.now()) > 0
}

function giveUpRepeated(scope: ChatScope, { id, from }: LineBody): void {
  scope.tellCrew('chat.undelayed', { id })
  scope.tell(from.id, 'chat.outcome', { id, outcome: 'repeated' })
}

/** One notice for each person, never to oneself; whom they block is the server's matter. */
function notify(scope: ChatScope, posted: ChatPosted): void {
  const { from, text, replyTo, mentions = [], seq } = posted
  const { notices, state } = scope
  const { channelId, channel, name, streamId } = state
  const notice = {
    channel: { id: channelId, handle: channel, name },
    from: { id: from.id, name: from.name },
    text,
    path: `/live/${streamId}`,
    sanctionId: null,
    until: null,
    line: { streamId, seq },
  }
  const failure = 'a notice was not kept'
  const answered = replyTo?.from.id
  if (answered !== undefined && answered !== from.id) {
    scope.aside(notices.notify(answered, { kind: 'reply', ...notice }), failure)
  }
  for (const id of mentions) {
    if (id === answered || id === from.id) continue
    scope.aside(notices.notify(id, { kind: 'mention', ...notice }), failure)
  }
  const { names } = findMentions(text, scope.chat.people)
  if (names.length > 0) {
    scope.aside(notices.mention(names, { kind: 'mention', ...notice }), failure)
  }
}
