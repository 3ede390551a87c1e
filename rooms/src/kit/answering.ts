/** How an outcome goes back to the one who asked: a reply, a refusal, or entries and a reply. */
import type { Outcome } from './answers.ts'
import type { Connection } from './connection.ts'
import { kitLimits, kitMessages, kitRefusals, type LogReadReply, requestId } from './protocol.ts'
import type { Gap } from './room-log.ts'

interface Ask {
  name: string
  payload: unknown
  correlation: number | undefined
}

/** False when the socket cannot take it: the peer asks without reading. */
export function answer(to: Connection, ask: Ask, outcome: Outcome): boolean {
  if (!to.isOpen) return true
  if (outcome.status === 'ok') {
    if (ask.name === 'log.read') return replay(to, ask, outcome.reply as Gap)
    if (ask.correlation === undefined) return true
    return to.reply(ask.correlation, 'ok', outcome.reply)
  }
  if (ask.correlation !== undefined) return to.reply(ask.correlation, outcome.status, outcome.body)
  // Said without wanting an answer, but nobody is refused silently.
  // Only a real id is repeated: decoded payloads can hold what cannot be encoded again.
  const given = (ask.payload as { requestId?: unknown } | null | undefined)?.requestId
  const id = requestId.safeParse(given).data
  return to.tell(kitMessages.refused, { command: ask.name, requestId: id, ...outcome.body })
}

/** The missing entries as the events they were, then the reply that says where they end. */
function replay(to: Connection, ask: Ask, gap: Gap): boolean {
  const correlation = ask.correlation
  if (correlation === undefined) return true
  if (to.queuedBytes > kitLimits.replayBytesMax) {
    const body = { code: 'busy', message: kitRefusals.busy, retryAfterMs: 1_000 }
    return to.reply(correlation, 'refused', body)
  }
  const { epoch, to: end, more, missed } = gap
  const reply: LogReadReply =
    missed === undefined
      ? { epoch, recovered: true, to: end, more }
      : { epoch, recovered: false, missedFrom: missed.from, missedTo: missed.to, to: end, more }
  if (gap.frames.length > 0 && !to.write(joined(gap.frames))) return false
  return to.reply(correlation, 'ok', reply)
}

/** Of gaps that more than one asked for, which are the same object. */
const joins = new WeakMap<readonly Buffer[], Buffer>()

function joined(frames: readonly Buffer[]): Buffer {
  let bytes = joins.get(frames)
  if (bytes === undefined) {
    bytes = Buffer.concat(frames)
    joins.set(frames, bytes)
  }
  return bytes
}
