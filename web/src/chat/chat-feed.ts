/**
 * What the chat shows: the room's log turned into lines, removals and restorations included, and
 * the reader's own lines until they land. Arrivals are handed to the page in batches.
 */
import type { ChatPosted, LiveConnection, LiveEvents, LogItem, Quoted } from '@odeon/sdk'
import { OwnGifts } from '../gifts/own-gifts.ts'
import { CrewDesk } from '../moderation/crew-desk.ts'
import { ChatLog } from './chat-log.ts'
import {
  foldCombos,
  type Line,
  lineOf,
  removedLine,
  type SaidLine,
  saidLine,
  withoutQuote,
} from './lines.ts'
import { mentions } from './message-parts.ts'
import { OwnLines } from './own-lines.ts'
import { Pace } from './pace.ts'

export type HistoryState = 'more' | 'loading' | 'begin' | 'failed' | 'full'

const historyPage = 50
const lineEvents = [
  'stream.started',
  'stream.ended',
  'stream.updated',
  'chat.moded',
  'crew.changed',
  'gift.sent',
  'throne.claimed',
  'train.moved',
  'goal.changed',
  'treasure.funded',
  'treasure.drawn',
  'battle.moved',
] as const

export class ChatFeed {
  readonly log = new ChatLog()
  readonly own: OwnLines
  readonly gifts: OwnGifts
  readonly desk: CrewDesk
  readonly room: LiveConnection
  history: HistoryState = 'more'
  mention: ChatPosted | null = null
  /** The line that what is being written answers. */
  replyingTo: Quoted | null = null
  /** Unix ms at which the reader last said something here; 0 when never seen. */
  lastOwnAtMs = 0
  private readonly listeners = new Set<() => void>()
  private readonly stops: (() => void)[] = []
  private readonly speakers = new Set<(entry: ChatPosted) => void>()
  private readonly putters = new Set<(word: string) => void>()
  private readonly pace = new Pace(() => this.flush())
  private waiting: Line[] = []
  private count = 0
  private ownCount = 0

  constructor(room: LiveConnection) {
    this.room = room
    this.own = new OwnLines(room, () => this.changed())
    this.gifts = new OwnGifts(room, () => this.changed())
    this.desk = new CrewDesk(room, ({ line, until }) => this.previewed(saidLine(line), until))
    for (const event of lineEvents) {
      this.stops.push(
        room.on(event, (entry) => this.arrive(lineOf[event](entry as never) as Line | null)),
      )
    }
    this.stops.push(
      room.on('chat.posted', (entry, { replayed }) => this.said(entry, replayed)),
      room.on('chat.removed', ({ ids, by }) => {
        const gone = new Set(ids)
        this.remove((line) => gone.has(line.id), by)
      }),
      room.on('chat.purged', ({ userId }) =>
        this.remove((line) => line.from.id === userId, 'moderator'),
      ),
      room.on('chat.cleared', (entry) => this.cleared(lineOf['chat.cleared'](entry))),
      room.on('chat.restored', ({ lines }) => this.restored(lines.map(saidLine))),
      room.on('discontinuity', ({ missedFrom, missedTo }) => {
        const at = { seq: missedTo, place: missedTo, at: Date.now() }
        const count = Math.max(0, missedTo - missedFrom + 1)
        this.arrive({ kind: 'gap', key: `g${missedTo}`, ...at, count })
      }),
      room.on('chat.delayed', ({ line, until }) => this.previewed(saidLine(line), until)),
      room.on('chat.undelayed', ({ id }) => {
        // Its entry may have come already; then it is no preview any more.
        this.forget((line) => line.kind === 'said' && line.id === id && isPreview(line))
      }),
      room.on('chat.outcome', ({ id, outcome }) => this.own.decided(id, outcome)),
      room.on('gift.sent', (entry) => {
        if (entry.from.id === room.you.id) this.gifts.land(entry)
      }),
      room.onYou(() => this.changed()),
    )
  }

  get streamId(): string {
    return this.room.streamId
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

  /** Stays when nothing came but lines of others. */
  readonly ownVersion = (): number => this.ownCount

  /** Calls back with every line as it is said; history stays quiet. */
  onSaid(speak: (entry: ChatPosted) => void): () => void {
    this.speakers.add(speak)
    return () => this.speakers.delete(speak)
  }

  /** Calls back with a word that somebody wants in the field: a name, an emote. */
  onPutIn(put: (word: string) => void): () => void {
    this.putters.add(put)
    return () => this.putters.delete(put)
  }

  putIn(word: string): void {
    for (const put of this.putters) put(word)
  }

  changed(): void {
    this.ownCount += 1
    this.tell()
  }

  reply(to: Quoted | null): void {
    this.replyingTo = to
    this.changed()
  }

  /** What this person said here, newest first, as far as it is held. */
  saidBy(userId: string, most: number): SaidLine[] {
    const lines: SaidLine[] = []
    for (const line of this.log.lines.toReversed()) {
      if (line.kind === 'said' && line.from.id === userId && !line.removed) lines.push(line)
      if (lines.length === most) break
    }
    return lines
  }

  async loadOlder(): Promise<void> {
    if (this.history === 'loading' || this.history === 'begin' || this.history === 'full') return
    const before = this.log.oldestSeq
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
    this.pace.drawn()
    this.own.close()
    this.desk.close()
    for (const stop of this.stops) stop()
    this.listeners.clear()
    this.speakers.clear()
    this.putters.clear()
  }

  private said(entry: ChatPosted, isReplayed: boolean): void {
    this.arrive(saidLine(entry))
    const isOwn = entry.from.id === this.room.you.id
    if (isOwn) {
      this.lastOwnAtMs = isReplayed ? Math.min(entry.at, Date.now()) : Date.now()
      this.flushWith(() => this.own.land(entry))
      this.changed()
    } else if (!isReplayed && this.concernsMe(entry)) this.mention = entry
    if (isReplayed) return
    for (const speak of this.speakers) speak(entry)
  }

  private concernsMe({ text, mentions: ids, replyTo }: ChatPosted): boolean {
    const { id } = this.room.you
    return ids?.includes(id) || replyTo?.from.id === id || mentions(text, this.myName)
  }

  private remove(goes: (line: SaidLine) => boolean, by: 'moderator' | 'author'): void {
    this.flush()
    const gone = new Set<string>()
    this.log.change((line) => {
      if (!goes(line)) return line
      gone.add(line.id)
      return removedLine(line, by)
    })
    this.log.change((line) => (gone.has(line.replyTo?.id ?? '') ? withoutQuote(line) : line))
    this.forgetText((id) => gone.has(id))
    this.changed()
  }

  private cleared(mark: Line): void {
    this.flush()
    this.log.drop((line) => line.kind === 'said' && line.seq < mark.seq && !isPreview(line))
    this.forgetText(() => true)
    this.arrive(mark)
  }

  private restored(lines: readonly SaidLine[]): void {
    this.flush()
    this.log.restore(lines)
    this.changed()
  }

  /** What was taken out is neither read aloud nor answered any more. */
  private forgetText(isGone: (id: string) => boolean): void {
    if (this.mention && isGone(this.mention.id)) this.mention = null
    if (this.replyingTo && isGone(this.replyingTo.id)) this.replyingTo = null
  }

  private previewed(line: SaidLine, until: number): void {
    this.flush()
    if (this.log.find(line.id)) return
    const place = this.log.lines.findLast(({ seq }) => seq > 0)?.seq ?? 0
    this.arrive({ ...line, seq: 0, place: place + 0.5, delayedUntil: until })
  }

  private forget(goes: (line: Line) => boolean): void {
    this.flush()
    this.log.drop(goes)
    this.changed()
  }

  private setHistory(history: HistoryState): void {
    this.history = history
    this.changed()
  }

  private arrive(line: Line | null): void {
    if (!line) return
    this.waiting.push(line)
    this.pace.arrived()
  }

  private flushWith(hasLanded: () => boolean): void {
    const { waiting } = this
    if (hasLanded() && waiting.length > 0) this.flush()
  }

  private flush(): void {
    this.pace.drawn()
    if (this.waiting.length === 0) return
    this.log.add(this.waiting)
    this.waiting = []
    this.tell()
  }

  private tell(): void {
    this.count += 1
    for (const listener of this.listeners) listener()
  }
}

function isPreview(line: SaidLine): boolean {
  return line.delayedUntil !== undefined
}

/** Archived or live entries as lines, oldest first. */
export function linesOf(items: readonly LogItem<LiveEvents>[]): Line[] {
  const lines = items.map((item) => lineOf[item.type](item as never) as Line | null)
  return foldCombos(lines.filter((line) => line !== null))
}
