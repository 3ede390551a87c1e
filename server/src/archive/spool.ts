/**
 * A file beside the queue: records that are announced and not yet in PostgreSQL. Written at once
 * and not synced, so it outlives a killed process and not a power cut; the next start stores it.
 */
import { closeSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@odeon/rooms/ports'
import { archiveLimits } from './limits.ts'
import { type QueuedRecord, queued } from './write-batch.ts'

export class Spool {
  readonly #dir: string
  readonly #failed: (error: unknown) => void
  #file: number
  #number = 1
  #bytes = 0
  /** Of the last record in the file. Marks count records since the start. */
  #mark = 0
  /** Files that are full, each with the mark of its last record. */
  #full: { path: string; mark: number }[] = []

  /** `failed` is told when the disk refuses; whoever hears it must not spool any more. */
  constructor(dir: string, failed: (error: unknown) => void) {
    this.#dir = dir
    this.#failed = failed
    this.#file = openSync(segment(dir, this.#number), 'a', 0o600)
  }

  /**
   * `mark` is that of the last of these. In the system's hands when this returns, so that an answer
   * sent afterwards never speaks of a record that a kill could lose: it is a microsecond's work.
   */
  append(records: QueuedRecord[], mark: number): void {
    this.#orFail(() => {
      let left = Buffer.from(records.map(lineOf).join(''))
      this.#bytes += left.byteLength
      while (left.byteLength > 0) left = left.subarray(writeSync(this.#file, left))
      this.#mark = mark
      if (this.#bytes > archiveLimits.spoolSegmentBytes) this.#next()
    })
  }

  /** Everything up to `mark` is in PostgreSQL and need not be here any more. */
  stored(mark: number): void {
    this.#orFail(() => {
      while (this.#full[0] && this.#full[0].mark <= mark) {
        unlinkSync(this.#full[0].path)
        this.#full.shift()
      }
      if (this.#mark > mark || this.#bytes === 0) return
      ftruncateSync(this.#file, 0)
      this.#bytes = 0
    })
  }

  close(): void {
    closeSync(this.#file)
  }

  #next(): void {
    this.#full.push({ path: segment(this.#dir, this.#number), mark: this.#mark })
    closeSync(this.#file)
    this.#number += 1
    this.#bytes = 0
    this.#file = openSync(segment(this.#dir, this.#number), 'a', 0o600)
  }

  #orFail(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#failed(error)
    }
  }
}

/** What an earlier process spooled, oldest first. A line cut off in the middle was never whole. */
export async function readSpool(dir: string, log: Logger): Promise<QueuedRecord[]> {
  const found: QueuedRecord[] = []
  for (const name of await segmentsIn(dir)) {
    const lines = (await readFile(join(dir, name), 'utf8')).split('\n')
    for (const line of lines) {
      if (line === '') continue
      try {
        const [roomId, epoch, type, entry, amends = false] = JSON.parse(line)
        found.push(queued(roomId, epoch, { type, entry }, amends))
      } catch (err) {
        log.warn({ err, file: name, bytes: line.length }, 'a spooled log entry is damaged')
      }
    }
  }
  return found
}

export async function removeSegments(dir: string): Promise<void> {
  for (const name of await segmentsIn(dir)) await rm(join(dir, name), { force: true })
}

function lineOf({ roomId, epoch, record, json, amends }: QueuedRecord): string {
  const head = `${JSON.stringify(roomId)},${epoch},${JSON.stringify(record.type)}`
  return `[${head},${json}${amends ? ',true' : ''}]\n`
}

const segment = (dir: string, number: number) =>
  join(dir, `${String(number).padStart(8, '0')}.spool`)

async function segmentsIn(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter((name) => name.endsWith('.spool')).toSorted()
}
