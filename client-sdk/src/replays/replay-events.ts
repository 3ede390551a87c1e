/** What a replay tells of its own playing. */

/**
 * `loading`: what comes next is not here yet; it goes on by itself, as playing or paused.
 * `gone`: the recording is there no more; `goneBecause` says why.
 */
export type ReplayStatus = 'loading' | 'playing' | 'paused' | 'ended' | 'gone'

/** What a replay says beside the events of the room. Times are ms since the stream's start. */
export interface ReplayEvents {
  /** The list of entries began anew. */
  seeked: { from: number; to: number }
  ended: { at: number }
}
