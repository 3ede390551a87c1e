/** Where the bytes of recordings lie: one port, a folder or S3 behind it, one contract for both. */

export interface SegmentStore {
  /** Resolves when all of it is there; whoever reads meets the whole of it or nothing. */
  put(key: string, bytes: Uint8Array): Promise<void>
  /** Null when there is no such thing. */
  get(key: string): Promise<Buffer | null>
  /** Gone or never there comes to the same. */
  remove(key: string): Promise<void>
  /** Where it is, for people: a folder, or the host and bucket. */
  readonly place: string
  /** Rejects when nothing could be stored now. */
  probe(): Promise<void>
  /** Keys that begin with `<shelf>/`, in no order. */
  list(shelf: string): Promise<string[]>
}

/** `<room>/<segment>`, or a part of HLS. Keys become paths, so they hold nothing else. */
const known = /^(hls\/)?[\w-]{1,80}\/[\w-]{1,80}(\.\w+)*$/

export function checkedKey(key: string): string {
  if (!known.test(key)) throw new Error(`not a key of a recording: ${key.slice(0, 60)}`)
  return key
}
