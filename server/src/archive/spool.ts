/**
 * A file beside the queue: records that are announced and not yet in PostgreSQL. It is not synced,
 * so it outlives a killed process and not a power cut; the next start stores what it finds.
 */
import { type FileHandle, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@odeon/rooms/ports'
import { archiveLimits } from './limits.ts'
import { type QueuedRecord, queued } from './write-batch.ts'

export class Spool {
  readonly #dir: string
  readonly #failed: (error: unknown) => void
  #file: FileHandle
  #number = 1
  #bytes = 0
  /** Segments that are full, each with the mark of its last record. */
  #full: { path: string; mark: number }[] = []
  #pending: string[] = []
  #pendingMark = 0
  #writtenMark = 0
  #storedMark = 0
  #work: Promise<void> | undefined
  #isBroken = false

  private constructor(dir: string, file: FileHandle, failed: (error: unknown) => void) {
    this.#dir = dir
    this.#file = file
    this.#failed = failed
  }

  /** `failed` is called once, when the disk refuses; nothing is spooled after that. */
  static async create(dir: string, failed: (error: unknown) => void): Promise<Spool> {
    return new Spool(dir, await open(segment(dir, 1), 'a'), failed)
  }

  /** Marks count records since the start; `mark` is that of the last of these. Never waits. */
  append(records: QueuedRecord[], mark: number): void {
    for (const record of records) this.#pending.push(lineOf(record))
    this.#pendingMark = mark
    this.#begin()
  }

  /** Everything up to `mark` is in PostgreSQL and need not be here any more. */
  stored(mark: number): void {
    this.#storedMark = mark
    this.#begin()
  }

  async close(): Promise<void> {
    while (this.#work) await this.#work
    await this.#file.close()
    if (this.#storedMark >= this.#pendingMark) await removeSegments(this.#dir)
  }

  #begin(): void {
    if (this.#isBroken) return
    this.#work ??= this.#run()
      .catch((error: unknown) => {
        this.#isBroken = true
        this.#failed(error)
      })
      .finally(() => {
        this.#work = undefined
        if (this.#pending.length > 0) this.#begin()
      })
  }

  /** One thing at a time: write what has gathered, then let go of what is stored. */
  async #run(): Promise<void> {
    if (this.#pending.length > 0) {
      const text = this.#pending.join('')
      const mark = this.#pendingMark
      this.#pending = []
      const { bytesWritten } = await this.#file.write(text)
      this.#bytes += bytesWritten
      this.#writtenMark = mark
    }
    const gone = this.#full.filter(({ mark }) => mark <= this.#storedMark)
    this.#full = this.#full.filter(({ mark }) => mark > this.#storedMark)
    for (const { path } of gone) await rm(path, { force: true })
    if (this.#writtenMark <= this.#storedMark) await this.#empty()
    else if (this.#bytes > archiveLimits.spoolSegmentBytes) await this.#next()
  }

  async #empty(): Promise<void> {
    if (this.#bytes === 0) return
    this.#bytes = 0
    await this.#file.truncate(0)
  }

  async #next(): Promise<void> {
    this.#full.push({ path: segment(this.#dir, this.#number), mark: this.#writtenMark })
    await this.#file.close()
    this.#number += 1
    this.#bytes = 0
    this.#file = await open(segment(this.#dir, this.#number), 'a')
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
        const [roomId, epoch, type, entry] = JSON.parse(line)
        found.push(queued(roomId, epoch, { type, entry }))
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

function lineOf({ roomId, epoch, record, json }: QueuedRecord): string {
  return `[${JSON.stringify(roomId)},${epoch},${JSON.stringify(record.type)},${json}]\n`
}

const segment = (dir: string, number: number) =>
  join(dir, `${String(number).padStart(8, '0')}.spool`)

async function segmentsIn(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter((name) => name.endsWith('.spool')).toSorted()
}
