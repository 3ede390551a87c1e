/**
 * A frame for those who cannot read all of it: state and everything that matters, without entries
 * that may be spared, and an honest word on which those are, so that they can be read later.
 */
import { kitMessages, type Sampled } from './protocol.ts'
import type { LogEntry } from './room-log.ts'
import { messageFrame } from './wire.ts'

/** Says of each entry, in the order of the log, whether a slow reader may be spared it. */
export type Sparing = (entry: Pick<LogEntry, 'type' | 'entry'>) => boolean

export interface ThinFrameParts {
  epoch: number
  patches: readonly Buffer[]
  entries: readonly LogEntry[]
  spare: ReadonlySet<LogEntry>
}

export function thinFrame({ epoch, patches, entries, spare }: ThinFrameParts): Buffer {
  const said = entries.filter((entry) => !spare.has(entry)).map(({ frame }) => frame)
  const sampled: Sampled = { epoch, skipped: rangesOf(entries.filter((one) => spare.has(one))) }
  const word = messageFrame(kitMessages.sampled, sampled)
  return Buffer.concat([...patches, word, ...said])
}

function rangesOf(entries: readonly LogEntry[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const { seq } of entries) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === seq - 1) last[1] = seq
    else ranges.push([seq, seq])
  }
  return ranges
}
