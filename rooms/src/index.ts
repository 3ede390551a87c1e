/** `@odeon/rooms`: the rooms and the kit they are made of, for the server that hosts them. */
export type { Audience, AudienceClasses } from './kit/audience-class.ts'
export { frameIntervalMs } from './kit/cadence.ts'
export { type Command, type CommandTable, command, everyone, type Scope } from './kit/command.ts'
export {
  boundDeflate,
  deflateAgreement,
  offerDeflate,
  shareDeflate,
} from './kit/deflate/negotiation.ts'
export { joinHandshakes } from './kit/handshake.ts'
export type { Frame, FrameSink, RecordedRoom, Recorder } from './kit/frame.ts'
export {
  isBefore,
  type Journal,
  JournalAway,
  JournalFenced,
  type Kept,
  type Place,
  type Unfollow,
} from './kit/journal/journal.ts'
export { MemoryJournal } from './kit/journal/memory-journal.ts'
export { authOfWalkIn, type WalkedIn } from './kit/framework.ts'
export { type Member, personOf } from './kit/member.ts'
export { OdeonRoom } from './kit/odeon-room.ts'
export {
  type RecordedKind,
  recordingLimits,
  RoomRecording,
  type WrittenSegment,
} from './kit/recording/room-recording.ts'
export {
  chained,
  pulseMs,
  type SegmentFacts,
  shortHash,
  sumOf,
} from './kit/recording/segment-writer.ts'
export { defineRelayRoom } from './kit/relay/relay-room.ts'
export {
  type Carried,
  type RelayedKind,
  type RelayPorts,
  relayRoomId,
} from './kit/relay/relayed-kinds.ts'
export { Refusal, refuse } from './kit/refusal.ts'
export type { RoomMeasures } from './kit/room-measures.ts'
export type { RoomPorts } from './kit/room-ports.ts'
export { StageSerializer } from './kit/stage-serializer.ts'
export { seatAuth, seatHeldMs } from './kit/seat-auth.ts'
export { PendingSeats, type SeatCounter } from './kit/seats.ts'
export { audioKind } from './audio/audio-kind.ts'
export { liveCommands } from './live/live-commands.ts'
export type { LivePorts } from './live/live-ports.ts'
export { liveKind } from './live/live-kind.ts'
export { defineLiveRoom } from './live/live-room.ts'
export { liveRoomId } from './live/room-id.ts'
export { recordedLive } from './live/recorded-live.ts'
export { type ListingListener, Listings } from './lobby/listings.ts'
export { defineLobbyRoom, type LobbyPorts, lobbyRoomId } from './lobby/lobby-room.ts'
export { defineMeRoom, type MePorts, meRoomId } from './me/me-room.ts'
export {
  type Account,
  type Hold,
  type LedgerView,
  type LedgerWrites,
  type PostingRow,
  type Tally,
  tallyKey,
  type TransferRow,
} from './wallet/ledger-view.ts'
export { decideTransfers } from './wallet/decide-transfers.ts'
export { MemoryLedger } from './wallet/memory-ledger.ts'
export { type Prepared, prepareTransfer, transferId } from './wallet/prepare-transfer.ts'
export { decideBattle } from './battles/decide-battle.ts'
export { pointsOfGift, pointsOfReactions } from './battles/score.ts'
export { openBattle } from './battles/open-battle.ts'
export { decideClaims, type KnownClaims } from './treasure/decide-claims.ts'
export {
  type Claimer,
  drawBox,
  expiredOutcome,
  rulesOf,
  ticketOfClaimer,
} from './treasure/draw-box.ts'
export { closesAt, drawnFrom, treasurePhaseOf } from './treasure/treasure-record.ts'
export { shareGift } from './wallet/share-gift.ts'
export { resolvedBy, touchedBy } from './wallet/touched-by.ts'
export * from './ports.ts'
export * from './protocol.ts'
