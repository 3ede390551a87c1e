/** The newest of what an action took out, within the bounds of what a journal may remember. */
import { type ChatPosted, chatLimits } from '../chat/protocol.ts'
import type { Redaction } from '../chat/redact-lines.ts'

export function newestOf(
  { lines, quotes }: Redaction,
  bytesMax: number,
): { redaction: Redaction; bytes: number } {
  const ofLines = newest(lines, bytesMax)
  const ofQuotes = newest(quotes, bytesMax - ofLines.bytes)
  const redaction = { lines: ofLines.kept, quotes: ofQuotes.kept }
  return { redaction, bytes: ofLines.bytes + ofQuotes.bytes }
}

function newest(
  lines: readonly ChatPosted[],
  bytesMax: number,
): { kept: ChatPosted[]; bytes: number } {
  const bySeq = lines.toSorted((one, other) => one.seq - other.seq)
  let from = bySeq.length
  let bytes = 0
  while (from > 0 && bySeq.length - from < chatLimits.restoredMax) {
    const size = Buffer.byteLength(JSON.stringify(bySeq[from - 1]))
    if (bytes + size > bytesMax) break
    bytes += size
    from -= 1
  }
  return { kept: bySeq.slice(from), bytes }
}
