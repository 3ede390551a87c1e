/** The entry a line became, for tests in rooms that neither hold nor delay. */
import type { ChatPosted, ChatSendReply } from '@odeon/rooms/protocol'
import { isWaiting } from '../chat/is-waiting.ts'

export function postedIn(reply: ChatSendReply): ChatPosted {
  if (isWaiting(reply)) throw new Error(`the line is ${reply.waits}`)
  return reply
}
