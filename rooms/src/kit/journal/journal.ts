/**
 * The port behind which frames are kept: relays follow it, a successor restores from it, the
 * recorder reads it. Bytes only; what is in them is `record.ts`'s.
 */

/** A place in a room's journal: the n-th frame of an epoch. Later epochs come after earlier. */
export interface Place {
  readonly epoch: number
  readonly n: number
}

/** What one record takes in the journal. */
export interface KeptSize {
  at: Place
  bytes: number
}

/** What was kept of a room, oldest first. */
export interface Kept {
  /** The newest snapshot, if there is one; records from before it may have been let go. */
  snapshot: Buffer | undefined
  records: Buffer[]
}

/** Ends a subscription. */
export type Unfollow = () => void

export interface Journal {
  /**
   * Takes the pen: nobody with a lower epoch writes this room from now on. Resolves with what was
   * kept until then, which is whole, because no earlier writer can add to it any more. Rejects with
   * `JournalFenced` when a later epoch has it already.
   */
  claim(roomId: string, epoch: number): Promise<Kept>
  /**
   * Keeps a record, tells the followers, and forgets records before `keepFrom`. Resolved means
   * kept. Records of one writer are kept in the order of the calls. Rejects with `JournalFenced`
   * when a later epoch has the pen, with `JournalAway` when nobody knows whether it was kept.
   */
  append(roomId: string, at: Place, record: Buffer, keepFrom: Place): Promise<void>
  /** Replaces the snapshot. Rejects as `append` does. */
  snapshot(roomId: string, epoch: number, snapshot: Buffer): Promise<void>
  /** Tells followers something that is not kept: that the writer lives, and where it stands. */
  tell(roomId: string, word: Buffer): Promise<void>
  /** Forgets the room, unless a later epoch has the pen. */
  drop(roomId: string, epoch: number): Promise<void>
  /** What is kept now. */
  read(roomId: string): Promise<Kept>
  /** Records after a place, oldest first, at most `max` of them. */
  since(roomId: string, after: Place, max: number): Promise<Buffer[]>
  /** Hears records and words as they come; some may be lost, so records must be counted. */
  follow(roomId: string, hear: (bytes: Buffer) => void): Promise<Unfollow>
  /** Says something to whoever writes the room; nobody may be listening. */
  ask(roomId: string, bytes: Buffer): Promise<void>
  /** What is said to the writer. */
  listen(roomId: string, hear: (bytes: Buffer) => void): Promise<Unfollow>
}

/** A later epoch has the pen: this writer is none any more. */
export class JournalFenced extends Error {
  override name = 'JournalFenced'
}

/** The journal did not answer in time or cannot be reached. */
export class JournalAway extends Error {
  override name = 'JournalAway'
}

export function isBefore(one: Place, other: Place): boolean {
  return one.epoch === other.epoch ? one.n < other.n : one.epoch < other.epoch
}
