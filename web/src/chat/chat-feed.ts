/**
 * What the chat shows: the room's log turned into lines, and the reader's own messages until they
 * land. Arrivals are handed to the page in batches, so a flood costs a few renders a second.
 */
import {
  type ChatPosted,
  type LiveConnection,
  type LiveEvents,
  type LogItem,
  Refusal,
} from '@odeon/sdk'
import { ChatLog, type Line, saidLine } from './chat-log.ts'
import { mentions } from './message-parts.ts'

export interface PendingLine {
  id: string
  text: string
  state: 'sending' | 'failed'
  why?: string
}

export type HistoryState = 'more' | 'loading' | 'begin' | 'failed' | 'full'

/** A line that was refused and goes back into the field: what was written and when it may go. */
export interface Returned {
  text: string
  code: string
  message: string
  retryAtMs: number
}

const batchMs = 90
const historyPage = 50

export class ChatFeed {
  readonly log = new ChatLog()
  readonly streamId: string
  pending: readonly PendingLine[] = []
  history: HistoryState = 'more'
  mention: ChatPosted | null = null
  private readonly room: LiveConnection
  private readonly listeners = new Set<() => void>()
  private readonly stops: (() => void)[] = []
  private readonly speakers = new Set<(entry: ChatPosted) => void>()
  private waiting: Line[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private count = 0
  private ids = 0

  constructor(room: LiveConnection) {
    this.room = room
    this.streamId = room.streamId
    this.stops.push(
      room.on('chat.posted', (entry, { replayed }) => this.said(entry, replayed)),
      room.on('stream.started', ({ seq, at, by }) =>
        this.arrive({ kind: 'phase', key: `p${seq}`, seq, at, phase: 'started', by }),
      ),
      room.on('stream.ended', ({ seq, at, by }) =>
        this.arrive({ kind: 'phase', key: `p${seq}`, seq, at, phase: 'ended', by }),
      ),
      room.on('discontinuity', ({ missedFrom, missedTo }) => {
        const count = Math.max(0, missedTo - missedFrom + 1)
        this.arrive({ kind: 'gap', key: `g${missedTo}`, seq: missedTo, at: Date.now(), count })
      }),
      room.onConnection(() => this.changed()),
    )
  }

  get myName(): string {
    return this.room.you.name
  }

  get isAway(): boolean {
    return this.room.connection !== 'live'
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly version = (): number => this.count

  /** Calls back with every line as it is said; history stays quiet. */
  onSaid(speak: (entry: ChatPosted) => void): () => void {
    this.speakers.add(speak)
    return () => this.speakers.delete(speak)
  }

  changed(): void {
    this.count += 1
    for (const listener of this.listeners) listener()
  }

  /** Resolves with what went wrong in a way that waiting mends, so that the text can be kept. */
  async send(text: string): Promise<Returned | null> {
    const line: PendingLine = { id: `o${this.ids++}`, text, state: 'sending' }
    this.log.follow()
    this.setPending([...this.pending, line])
    try {
      await this.room.chat.send(text)
      this.land(line.id)
      return null
    } catch (error) {
      if (error instanceof Refusal) {
        this.discard(line)
        const retryAtMs = Date.now() + (error.retryAfterMs ?? 0)
        return { text, code: error.code, message: error.message, retryAtMs }
      }
      this.replace(line.id, { ...line, state: 'failed' })
      return null
    }
  }

  sendAgain(line: PendingLine): void {
    this.discard(line)
    void this.send(line.text).then((returned) => {
      if (!returned) return
      const { text, message } = returned
      this.setPending([
        ...this.pending,
        { id: `o${this.ids++}`, text, state: 'failed', why: message },
      ])
    })
  }

  discard(line: PendingLine): void {
    this.land(line.id)
  }

  async loadOlder(): Promise<void> {
    if (this.history === 'loading' || this.history === 'begin' || this.history === 'full') return
    const before = this.log.lines[0]?.seq
    if (before === undefined) return
    this.setHistory('loading')
    try {
      const page = await this.room.history({ before, limit: historyPage })
      const hasRoom = this.log.addOlder(linesOf(page.entries))
      this.setHistory(!page.more ? 'begin' : hasRoom ? 'more' : 'full')
    } catch {
      // Whatever the reason, the reader is told and may try again.
      this.setHistory('failed')
    }
  }

  close(): void {
    clearTimeout(this.timer)
    for (const stop of this.stops) stop()
    this.listeners.clear()
    this.speakers.clear()
  }

  private said(entry: ChatPosted, isReplayed: boolean): void {
    this.arrive(saidLine(entry))
    if (entry.from.id === this.room.you.id) this.landOwn(entry.text)
    else if (!isReplayed && mentions(entry.text, this.myName)) this.mention = entry
    if (isReplayed) return
    for (const speak of this.speakers) speak(entry)
  }

  /** The line may arrive before its reply does; then it must not be seen twice. */
  private landOwn(text: string): void {
    const own = this.pending.find((line) => line.state === 'sending' && sameText(line.text, text))
    if (!own) return
    this.flush()
    this.land(own.id)
  }

  private land(id: string): void {
    if (this.pending.some((line) => line.id === id)) {
      this.setPending(this.pending.filter((line) => line.id !== id))
    }
  }

  private replace(id: string, by: PendingLine): void {
    this.setPending(this.pending.map((line) => (line.id === id ? by : line)))
  }

  private setPending(pending: readonly PendingLine[]): void {
    this.pending = pending
    this.changed()
  }

  private setHistory(history: HistoryState): void {
    this.history = history
    this.changed()
  }

  private arrive(line: Line): void {
    this.waiting.push(line)
    this.timer ??= setTimeout(() => this.flush(), batchMs)
  }

  private flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.waiting.length === 0) return
    this.log.add(this.waiting)
    this.waiting = []
    this.changed()
  }
}

function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  return plain(a) === plain(b)
}

/** Archived or live entries as lines. */
export function linesOf(items: readonly LogItem<LiveEvents>[]): Line[] {
  return items.map((item) => {
    if (item.type === 'chat.posted') return saidLine(item)
    const { seq, at, by } = item
    const phase = item.type === 'stream.started' ? 'started' : 'ended'
    return { kind: 'phase', key: `p${seq}`, seq, at, phase, by }
  })
}
