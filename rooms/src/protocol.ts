/** Everything the wire knows, for the SDK and the web: `@odeon/rooms/protocol`. No behaviour. */
import type {
  BattleAnswer,
  BattleEvents,
  BattleInvite,
  BattleLeave,
  BattleReply,
  BattleTicketAsk,
  BattleUse,
} from './battles/protocol.ts'
import type {
  ChatAnnounce,
  ChatCleared,
  ChatDelete,
  ChatModed,
  ChatModes,
  ChatModesAsk,
  ChatPin,
  ChatPosted,
  ChatPurged,
  ChatRemoved,
  ChatRestored,
  ChatSend,
  ChatSendReply,
} from './chat/protocol.ts'
import type {
  FloorDecline,
  FloorEvents,
  FloorInvite,
  FloorLeft,
  FloorLower,
  FloorMute,
  FloorOpen,
  FloorRemove,
  FloorSeated,
  FloorSilence,
  FloorSilenced,
  FloorSit,
  FloorSuccessor,
  FloorTurn,
  FloorTurns,
  HandRaised,
} from './floor/protocol.ts'
import type { GiftEvents, GiftReply, GiftSend, GoalChanged, GoalSet } from './gifts/protocol.ts'
import type { LogReadReply } from './kit/protocol.ts'
import type { StreamEnded, StreamStarted, StreamUpdate, StreamUpdated } from './live/protocol.ts'
import type { MediaTicket, MediaTicketAsk } from './media/protocol.ts'
import type { NoticeMarked, NoticePosted, NoticeRead } from './me/protocol.ts'
import type {
  ActionTaken,
  CrewChanged,
  CrewDesk,
  CrewTells,
  HeldDecide,
  MemberBan,
  MemberTimeout,
  MemberUnban,
  MemberUntimeout,
  MemberWarn,
  ModerationUndo,
  PersonTells,
  RoleGrant,
  RoleRevoke,
} from './moderation/protocol.ts'
import type { OgChanged } from './tiers/protocol.ts'
import type {
  TreasureClaim,
  TreasureClaimReply,
  TreasureEvents,
  TreasureFund,
  TreasureFundReply,
} from './treasure/protocol.ts'
import type { ReactionReply, ReactionSend } from './reactions/protocol.ts'

export * from './battles/protocol.ts'
export * from './chat/protocol.ts'
export * from './draw/protocol.ts'
export * from './floor/protocol.ts'
export * from './gifts/protocol.ts'
export * from './kit/protocol.ts'
export * from './live/protocol.ts'
export * from './lobby/protocol.ts'
export * from './me/protocol.ts'
export * from './media/protocol.ts'
export * from './metrics/protocol.ts'
export * from './moderation/protocol.ts'
export type { Battle } from './battles/state.ts'
export type { Floor } from './floor/state.ts'
export type { Gifts } from './gifts/state.ts'
export type { LiveState } from './live/state.ts'
export type { LobbyState } from './lobby/state.ts'
export type { Treasure } from './treasure/state.ts'
export type { MeState } from './me/state.ts'
export * from './reactions/protocol.ts'
export * from './payments/protocol.ts'
export * from './tiers/protocol.ts'
export * from './treasure/protocol.ts'
export * from './wallet/protocol.ts'

/** Every event of a live room's log by name. */
export interface LiveEvents extends FloorEvents, GiftEvents, BattleEvents, TreasureEvents {
  'chat.posted': ChatPosted
  'chat.removed': ChatRemoved
  'chat.purged': ChatPurged
  'chat.cleared': ChatCleared
  'chat.restored': ChatRestored
  'chat.moded': ChatModed
  'crew.changed': CrewChanged
  'stream.started': StreamStarted
  'stream.updated': StreamUpdated
  'stream.ended': StreamEnded
}

/** What a live room says to some of its members, without a number: heard now or never. */
export interface LiveWords extends CrewTells, PersonTells {}

/** What is asked with a command, before the SDK adds `requestId`. */
type Ask<Message> = Omit<Message, 'requestId'>

/** Every command of a live room: what is asked and the reply. */
export interface LiveCommands {
  'chat.send': { ask: Ask<ChatSend>; reply: ChatSendReply }
  'chat.delete': { ask: Ask<ChatDelete>; reply: ActionTaken | null }
  'chat.clear': { ask: object; reply: ActionTaken }
  'chat.pin': { ask: Ask<ChatPin>; reply: ActionTaken }
  'chat.announce': { ask: Ask<ChatAnnounce>; reply: ChatPosted }
  'chat.modes': { ask: Ask<ChatModesAsk>; reply: ChatModes }
  'member.timeout': { ask: Ask<MemberTimeout>; reply: ActionTaken }
  'member.untimeout': { ask: Ask<MemberUntimeout>; reply: ActionTaken }
  'member.ban': { ask: Ask<MemberBan>; reply: ActionTaken }
  'member.unban': { ask: Ask<MemberUnban>; reply: ActionTaken }
  'member.warn': { ask: Ask<MemberWarn>; reply: ActionTaken }
  'role.grant': { ask: Ask<RoleGrant>; reply: ActionTaken }
  'role.revoke': { ask: Ask<RoleRevoke>; reply: ActionTaken }
  'held.decide': { ask: Ask<HeldDecide>; reply: ActionTaken }
  'moderation.undo': { ask: Ask<ModerationUndo>; reply: ActionTaken }
  'crew.read': { ask: object; reply: CrewDesk }
  'reaction.send': { ask: Ask<ReactionSend>; reply: ReactionReply }
  'stream.start': { ask: object; reply: StreamStarted }
  'stream.update': { ask: Ask<StreamUpdate>; reply: StreamUpdated }
  'stream.end': { ask: object; reply: StreamEnded }
  'floor.raise': { ask: object; reply: HandRaised }
  'floor.lower': { ask: Ask<FloorLower>; reply: object }
  'floor.clear': { ask: object; reply: object }
  'floor.invite': { ask: Ask<FloorInvite>; reply: { until: number } }
  'floor.decline': { ask: Ask<FloorDecline>; reply: object }
  'floor.sit': { ask: Ask<FloorSit>; reply: FloorSeated }
  'floor.stand': { ask: object; reply: FloorLeft }
  'floor.remove': { ask: Ask<FloorRemove>; reply: FloorLeft }
  'floor.mute': { ask: Ask<FloorMute>; reply: { isMuted: boolean } }
  'floor.silence': { ask: Ask<FloorSilence>; reply: FloorSilenced }
  'floor.successor': { ask: Ask<FloorSuccessor>; reply: { successorId: string | null } }
  'floor.open': { ask: Ask<FloorOpen>; reply: { isOpen: boolean } }
  'floor.turns': { ask: Ask<FloorTurns>; reply: { seconds: number } }
  'floor.turn': { ask: Ask<FloorTurn>; reply: { until: number } }
  'gift.send': { ask: Ask<GiftSend>; reply: GiftReply }
  'goal.set': { ask: Ask<GoalSet>; reply: GoalChanged }
  'treasure.fund': { ask: Ask<TreasureFund>; reply: TreasureFundReply }
  'treasure.claim': { ask: Ask<TreasureClaim>; reply: TreasureClaimReply }
  'battle.invite': { ask: Ask<BattleInvite>; reply: BattleReply }
  'battle.answer': { ask: Ask<BattleAnswer>; reply: BattleReply }
  'battle.leave': { ask: Ask<BattleLeave>; reply: BattleReply }
  'battle.ticket': { ask: Ask<BattleTicketAsk>; reply: MediaTicket }
  'battle.use': { ask: Ask<BattleUse>; reply: BattleReply }
  'media.ticket': { ask: Ask<MediaTicketAsk>; reply: MediaTicket }
  'log.read': { ask: { epoch: number; after: number }; reply: LogReadReply }
}

/** The lobby says nothing and takes nothing: it is state. */
export interface LobbyCommands {
  'log.read': { ask: { epoch: number; after: number }; reply: LogReadReply }
}

export interface MeEvents {
  'notice.posted': NoticePosted
}
export interface MeWords {
  'notice.marked': NoticeMarked
  'og.changed': OgChanged
}
export interface MeCommands {
  'notice.read': { ask: Ask<NoticeRead>; reply: { unread: number } }
  'log.read': { ask: { epoch: number; after: number }; reply: LogReadReply }
}
