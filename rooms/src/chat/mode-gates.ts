/**
 * The modes of chat (C1, C2). They compose, hosts and moderators are exempt from all of them, and
 * they hold from the moment everybody has been shown them.
 */
import { refuse } from '../kit/refusal.ts'
import { type ChatScope, isCrew } from './chat-scope.ts'
import { isEmotesOnly } from './find-emotes.ts'
import type { Draft, Gate, Step } from './line.ts'
import { chatRefusals } from './protocol.ts'

const minuteMs = 60_000

/** `slow`: members of the crew and those with the privilege, VIPs among them, are exempt. */
export const refuseHasty: Gate = ({ chat, standings, world }, { member }) => {
  const { slowSeconds } = chat.modes
  if (slowSeconds === 0 || isCrew(member)) return
  if (standings.may(member.id, 'slow_mode_exempt', world.now())) return
  const waitMs = chat.paces.waitMs(member.id, slowSeconds, world.now())
  if (waitMs > 0) refuse(chatRefusals, 'slow_mode', waitMs)
}

/** `followers`: asked at this moment, so that following anew begins the time anew. */
export const refuseStrangers: Step = (scope, draft) => {
  if (scope.chat.modes.followersMinutes < 0 || isCrew(draft.member)) return
  return refuseNewcomers(scope, draft)
}

async function refuseNewcomers(scope: ChatScope, { member }: Draft): Promise<void> {
  const { chat, channels, state, world } = scope
  const since = await channels.followedAt(state.channelId, member.id)
  const { followersMinutes } = chat.modes
  // Both may have changed meanwhile.
  if (followersMinutes < 0 || isCrew(member)) return
  if (since === null) refuse(chatRefusals, 'followers_only')
  const waitMs = since + followersMinutes * minuteMs - world.now()
  if (waitMs > 0) refuse(chatRefusals, 'followed_too_short', waitMs)
}

/** `subscribers`: until there are tiers to subscribe to, VIPs alone are let through. */
export const refuseUnsubscribed: Gate = ({ chat, standings }, { member }) => {
  if (!chat.modes.subscribersOnly || isCrew(member) || standings.of(member.id).isVip) return
  refuse(chatRefusals, 'subscribers_only')
}

export const refuseWords: Gate = ({ chat }, { member, text }) => {
  if (!chat.modes.emoteOnly || isCrew(member) || isEmotesOnly(text, chat.emotes)) return
  refuse(chatRefusals, 'emote_only')
}

/** `unique`: what waits unseen betrays itself to nobody but its author. */
export const refuseRepeated: Gate = ({ chat, world }, { member, text }) => {
  if (!chat.modes.unique || isCrew(member)) return
  const waitMs = chat.recent.waitMs(member.id, text, world.now())
  if (waitMs > 0) refuse(chatRefusals, 'not_unique', waitMs)
}
