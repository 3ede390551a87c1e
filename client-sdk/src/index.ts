/** `@odeon/sdk`: everything a program needs to be in Odeon's rooms. */
export type {
  ActionKind,
  ActionTaken,
  Author,
  Badge,
  ChatModes,
  ChatPosted,
  ChatSendReply,
  ChatWaiting,
  CoinPack,
  Currency,
  CrewDesk,
  DelayedLine,
  Entry,
  FiatCurrency,
  FloorLeft,
  FloorRole,
  FloorSeated,
  FloorSilenced,
  HandRaised,
  HeldLine,
  LiveEvents,
  LiveWords,
  MediaSource,
  MediaTicket,
  MeEvents,
  MeWords,
  Notice,
  NoticeKind,
  PaymentState,
  PaymentView,
  Person,
  Problem,
  ProblemCode,
  Quoted,
  BattleMoved,
  BattleReply,
  GatewayName,
  GiftReply,
  GiftSent,
  GoalChanged,
  HouseTier,
  OgChanged,
  OwnTier,
  ReactionKind,
  ReactionReply,
  ReportReason,
  Role,
  Sanction,
  Standing,
  StreamEnded,
  StreamMedium,
  StreamNumbers,
  StreamPhase,
  StreamStarted,
  StreamUpdated,
  TreasureClaimReply,
  TreasureDrawn,
  TreasureFunded,
  TreasureFundReply,
  TreasureProof,
  WalletView,
} from '@odeon/rooms/protocol'
export type {
  AccountChange,
  AdminOverview,
  AdminRoom,
  AdminUser,
  UserQuery,
} from './admin/shapes.ts'
export type { AudioConnection, AudioRooms } from './audio/audio-rooms.ts'
export type { Me, Profile, Settings } from './auth/accounts.ts'
export type { SessionStore } from './auth/session-store.ts'
export type { Suspension } from './auth/suspension.ts'
export type {
  Category,
  Channel,
  ChannelChange,
  ChannelPage,
  ChannelQuery,
  ChannelSettings,
  Emote,
  FollowedChannel,
  FollowStanding,
  ScheduleSlot,
} from './channels/channels.ts'
export type { BattleChallenge, LiveBattles } from './battles/live-battles.ts'
export type { GiftShop, HouseGift } from './gifts/gift-shop.ts'
export { type AvatarWidth, type EmoteWidth, emoteUrl, pictureAt } from './channels/pictures.ts'
export type { EncoderKey, EncoderProtocol, Encoders } from './encoders/encoders.ts'
export type {
  ChannelFilms,
  Destination,
  Destinations,
  Film,
  FilmedStream,
  Films,
  Output,
} from './outputs/outputs.ts'
export { nextOccurrence, type Occurrence, upcoming } from './channels/schedule.ts'
export { isWaiting } from './chat/is-waiting.ts'
export type { LiveChat, SayOptions } from './chat/live-chat.ts'
export { parseSlash, runSlash, slashCommands } from './chat/slash.ts'
export {
  type SlashCall,
  type SlashCommand,
  type SlashContext,
  type SlashRefusalCode,
  type SlashRefused,
  slashRefusals,
} from './chat/slash-call.ts'
export type {
  FloorEncoder,
  FloorHand,
  FloorSnapshot,
  FloorSpeaker,
  LiveFloor,
} from './floor/live-floor.ts'
export type { AboutPerson, LiveCrew, LiveMembers } from './live/live-commands.ts'
export type { LiveConnection, LiveSnapshot, You } from './live/live-connection.ts'
export type { JoinOptions } from './live/live-rooms.ts'
export type { ListedStream, LobbyConnection, LobbySnapshot } from './lobby/lobby-connection.ts'
export type { LivePage, LiveQuery, Lobby } from './lobby/lobby.ts'
export { type MediaDeviceRefusalCode, mediaDeviceRefusals } from './media/media-refusals.ts'
export type {
  CameraOptions,
  MediaDevice,
  MediaDeviceType,
  MediaEvent,
  MediaFlow,
  MediaPerson,
  MediaQuality,
  MediaStats,
  MediaStatus,
  MicrophoneOptions,
} from './media/media-shapes.ts'
export type { RoomMedia } from './media/room-media.ts'
export { watchLevel } from './media/watch-level.ts'
export type { MeConnection, MeSnapshot } from './me/me-connection.ts'
export type { NoticePage, NoticeQuery } from './me/notices.ts'
export { reportReasons } from './moderation/report-reasons.ts'
export type { BanLists, ListQuery, ListWords } from './moderation/ban-lists.ts'
export type { ModerationDesk, Reports } from './moderation/desk.ts'
export type {
  ActionRecord,
  Appeal,
  AppealStatus,
  AuditQuery,
  BanList,
  BanListEntry,
  Crew,
  CrewMember,
  CrewPerson,
  CrewSanction,
  Decision,
  Flag,
  FlagStatus,
  FlagType,
  KeptSanction,
  ListMode,
  Measure,
  NewSanction,
  Page,
  QueueQuery,
  Report,
  Reviewer,
} from './moderation/shapes.ts'
export { Odeon, type OdeonOptions } from './odeon.ts'
export { Refusal, type RefusalCode, Unavailable, type UnavailableReason } from './refusal.ts'
export type { LiveReplay } from './replays/live-replay.ts'
export type { ReplayEvents, ReplayStatus } from './replays/replay-events.ts'
export type { ReplayItem } from './replays/recording.ts'
export type { ReplayOptions, Replays } from './replays/replays.ts'
export type {
  Checkout,
  CheckoutBegun,
  CoinOffer,
  PaymentPage,
  Payments,
} from './payments/payments.ts'
export type { ClosedBecause } from './room/closing.ts'
export type { Discontinuity, Skipped } from './room/log-merger.ts'
export type { About, LogItem } from './room/log-view.ts'
export type { CommandOptions, OutboxItem } from './room/outbox.ts'
export type { ConnectionStatus } from './room/room-link.ts'
export type {
  EngagementPoint,
  HistoryPage,
  HistoryQuery,
  NewStream,
  Stream,
  StreamQuery,
} from './streams/streams.ts'
export type { Found, Search } from './search/search.ts'
export type { BoughtTier, Tiers } from './tiers/tiers.ts'
export type { LiveTreasure, TreasureTerms } from './treasure/live-treasure.ts'
export { isTreasureProven } from '@odeon/rooms/protocol'
export type { StatementLine, StatementPage, StatementQuery } from './wallet/wallet.ts'
export type { Block } from './users/people.ts'
export type { World } from './world.ts'
