/** Opens a room's log: claims its epoch and its journal, and brings together what both hold. */
import type { LogArchive, Logger, LogRecord } from '../../ports.ts'
import { kitLimits } from '../protocol.ts'
import { RoomLog } from '../room-log.ts'
import type { Journal } from './journal.ts'
import { type Past, readPast } from './past.ts'
import { withoutRemoved } from './without-removed.ts'

export interface OpenedLog {
  log: RoomLog
  past: Past | undefined
  /** Entries that the archive may lack: the writer before us had no time to hand them over. */
  unarchived: LogRecord[]
}

export interface OpenLogOptions {
  roomId: string
  archive: LogArchive
  journal: Journal | undefined
  logger: Logger
  /** Somebody else opened a later epoch. */
  lost: () => void
}

export async function openLog(options: OpenLogOptions): Promise<OpenedLog> {
  const { roomId, archive, journal, logger, lost } = options
  const unread = (err: unknown) =>
    logger.error({ err, room: roomId }, 'a part of a journal was not understood; going on without')
  let past: Past | undefined
  const at = await archive.open(roomId, lost, async (epoch) => {
    // Whoever wrote before cannot from here on, so what is read now is all there is.
    if (journal !== undefined) past = readPast(await journal.claim(roomId, epoch), unread)
    return past?.head
  })
  const { backlogEntriesMax, logEntriesMax } = kitLimits
  const stored = await archive.tail(roomId, past ? logEntriesMax / 8 : backlogEntriesMax)
  if (past === undefined) return { log: new RoomLog(at, stored), past, unarchived: [] }
  const newestStored = stored.at(-1)?.entry.seq ?? 0
  const unarchived = past.log.filter(({ entry }) => entry.seq > newestStored)
  const sameSince = at.head === past.head ? past.sameSince : undefined
  return { log: new RoomLog({ ...at, sameSince }, union(stored, past)), past, unarchived }
}

/**
 * By number, once each. What the journal replaced may not be stored yet; else what is stored is
 * right, since it may have been taken out while no room was open. Of one entry that both replaced,
 * what either takes out is out.
 */
function union(stored: LogRecord[], { log, amended }: Past): LogRecord[] {
  const bySeq = new Map([...log, ...stored].map((record) => [record.entry.seq, record]))
  const replaced = new Set(amended.map(({ entry }) => entry.seq))
  const storedBySeq = new Map(stored.map((record) => [record.entry.seq, record]))
  for (const { type, entry } of log) {
    if (!replaced.has(entry.seq)) continue
    const other = storedBySeq.get(entry.seq)
    bySeq.set(entry.seq, { type, entry: other ? withoutRemoved(entry, other.entry) : entry })
  }
  return [...bySeq.values()].sort((one, other) => one.entry.seq - other.entry.seq)
}
