/** Everything the wire knows, for the SDK and the web: `@odeon/rooms/protocol`. No behaviour. */
import type { ChatPosted, ChatSend } from './chat/protocol.ts'
import type { LogReadReply } from './kit/protocol.ts'
import type { StreamEnded, StreamStarted } from './live/protocol.ts'
import type { ReactionReply, ReactionSend } from './reactions/protocol.ts'

export * from './chat/protocol.ts'
export * from './kit/protocol.ts'
export * from './live/protocol.ts'
export * from './lobby/protocol.ts'
export * from './me/protocol.ts'
export * from './metrics/protocol.ts'
export * from './moderation/protocol.ts'
export type { LiveState } from './live/state.ts'
export * from './reactions/protocol.ts'

/** Every event of a live room's log by name. */
export interface LiveEvents {
  'chat.posted': ChatPosted
  'stream.started': StreamStarted
  'stream.ended': StreamEnded
}

/** Every command of a live room: what is asked, before the SDK adds `requestId`, and the reply. */
export interface LiveCommands {
  'chat.send': { ask: Omit<ChatSend, 'requestId'>; reply: ChatPosted }
  'reaction.send': { ask: Omit<ReactionSend, 'requestId'>; reply: ReactionReply }
  'stream.start': { ask: object; reply: StreamStarted }
  'stream.end': { ask: object; reply: StreamEnded }
  'log.read': { ask: { epoch: number; after: number }; reply: LogReadReply }
}
