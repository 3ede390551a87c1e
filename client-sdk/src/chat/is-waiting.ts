/** What a sent line became: an entry, or something that waits. */
import type { ChatSendReply, ChatWaiting } from '@odeon/rooms/protocol'

/** True while a line is not in the chat yet: it is `held` for a moderator or `delayed`. */
export function isWaiting(reply: ChatSendReply): reply is ChatWaiting {
  return 'waits' in reply
}
