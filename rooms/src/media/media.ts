/**
 * The port to whatever carries picture and sound. Rooms say who may do what; the adapter makes the
 * media server agree, now and whenever the two are compared.
 */
import type { MediaSource, MediaTicket } from './protocol.ts'

/** What a person may do with the media of a room. */
export interface MediaGrant {
  /** What they may send; empty for whoever only looks and listens. */
  publish: readonly MediaSource[]
  subscribe: boolean
  /** Other clients of the media server are not told of them, as in an audience of thousands. */
  isHidden: boolean
}

/** The connection of a person's encoder, OBS and its like. */
export interface EncoderLink {
  /** Unix ms. */
  since: number
  sources: readonly MediaSource[]
}

/**
 * The room's side. It is asked and told at any time, also while the room awaits something, and must
 * neither throw nor wait.
 */
export interface MediaOwner {
  /**
   * What the person may do at this moment, by the connection named or whichever they have; null
   * when they may not be there at all.
   */
  grantOf(userId: string, identity?: string): MediaGrant | null
  /**
   * All that a person sends now, over all their connections; empty when nothing. Whether they muted
   * themselves is the room's to know: media servers do not tell. With their encoder while one is
   * connected, whether it sends anything yet or not.
   */
  sends(userId: string, sources: readonly MediaSource[], encoder?: EncoderLink): void
  /** Media came or went. Told once after `open`, then with every change. */
  turned(isUp: boolean): void
}

/** Media of one room, from `open` to `release` or `end`. */
export interface RoomMedia {
  /**
   * A ticket for a connection of a person, with what `grantOf` says at this moment. Rejects with a
   * `Refusal`: `media_unavailable` while no media server answers, `not_allowed` when the grant is
   * null. `tab` is one of `mediaTab`; the same one again replaces that connection.
   */
  ticket(person: { id: string; name: string }, tab: string): Promise<MediaTicket>
  /**
   * Makes the person's connections what `grantOf` says: call it after every change of role, seat or
   * mute, and when somebody was put out. What they send without leave stops. Never rejects;
   * false when the media server was not reached. It is then made true when it is back.
   */
  settle(userId: string): Promise<boolean>
  /**
   * The same for everybody connected to whom `grantOf` gives nothing any more: call it when many
   * lost what they had by time alone.
   */
  putOutUngranted(): Promise<boolean>
  /** Lets go and leaves everybody connected: the room goes on in another process. */
  release(): void
  /**
   * Ends it for everybody. With `isOver` the room is over, too, and whoever comes again is put out;
   * without it the room may open anew, in whichever process. Never rejects.
   */
  end(isOver: boolean): Promise<void>
}

export interface Media {
  /** Whether the media server answers. */
  readonly isUp: boolean
  /**
   * Takes a room's media, over from whoever had it before: those who are connected stay if
   * `grantOf` lets them, `sends` tells what they send. A room id is open once in the whole house.
   */
  open(roomId: string, owner: MediaOwner): RoomMedia
  /**
   * A ticket to look and listen in another room, hidden from everybody, for a member of one that
   * has it open. Whoever has that room is asked when it is used. Refused with `media_unavailable`.
   */
  visit(roomId: string, person: { id: string; name: string }, tab: string): Promise<MediaTicket>
}
