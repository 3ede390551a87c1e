/**
 * What the reader wrote and the chat does not show yet: on its way, queued for slow mode, waiting
 * for a moderator or for the delay, or without an answer. Nothing written is lost.
 */
import { type ChatPosted, isWaiting, type LiveConnection, Refusal } from '@odeon/sdk'
import type { LineOutcome, Quoted } from '@odeon/rooms/protocol'

export type OwnState =
  | 'sending'
  | 'queued'
  | 'held'
  | 'delayed'
  | 'failed'
  | 'denied'
  | 'expired'
  | 'repeated'

export interface Said {
  text: string
  replyTo?: Quoted | undefined
  isAction?: boolean
}

export interface OwnLine extends Said {
  id: string
  state: OwnState
  /** Unix ms at which it goes out, is posted, or is given up. */
  untilMs?: number
  /** The room's id of a line that waits there. */
  waitsAs?: string
  why?: string
}

/** A line that was refused and goes back into the field: what was written and when it may go. */
export interface Returned extends Said {
  code: string
  message: string
  retryAtMs: number
}

const slack = 60

export class OwnLines {
  lines: readonly OwnLine[] = []
  private readonly room: LiveConnection
  private readonly changed: () => void
  private timer: ReturnType<typeof setTimeout> | undefined
  private ids = 0

  constructor(room: LiveConnection, changed: () => void) {
    this.room = room
    this.changed = changed
  }

  get queued(): OwnLine | undefined {
    return this.lines.find((line) => line.state === 'queued')
  }

  /** Resolves with what went wrong in a way that the writer can mend; the text is in it. */
  send(said: Said): Promise<Returned | null> {
    return this.go({ ...said, id: this.newId(), state: 'sending' })
  }

  /** Keeps one line for the moment at which slow mode lets it through. */
  queue(said: Said, atMs: number): void {
    const line: OwnLine = { ...said, id: this.newId(), state: 'queued', untilMs: atMs }
    this.put([...this.lines.filter(({ state }) => state !== 'queued'), line])
    this.wind(atMs)
  }

  sendAgain(line: OwnLine): void {
    this.discard(line)
    void this.send(line).then((returned) => {
      if (returned) this.keepFailed(returned)
    })
  }

  discard(line: Pick<OwnLine, 'id'>): void {
    if (this.lines.some(({ id }) => id === line.id)) {
      this.put(this.lines.filter(({ id }) => id !== line.id))
    }
  }

  /** Its entry came, maybe before the reply did; then it must not be seen twice. */
  land(entry: ChatPosted): boolean {
    const own =
      this.lines.find(({ waitsAs }) => waitsAs === entry.id) ??
      this.lines.find((line) => line.state === 'sending' && sameText(line.text, entry.text))
    if (own) this.discard(own)
    return own !== undefined
  }

  /** What became of a line that waited in the room. */
  decided(waitsAs: string, outcome: LineOutcome): void {
    const own = this.lines.find((line) => line.waitsAs === waitsAs)
    if (!own) return
    if (outcome === 'posted' || outcome === 'removed') this.discard(own)
    else this.replace({ ...own, state: outcome })
  }

  close(): void {
    clearTimeout(this.timer)
  }

  private async go(line: OwnLine): Promise<Returned | null> {
    this.put([...this.lines, line])
    const { text, replyTo, isAction = false } = line
    try {
      const reply = await this.room.chat.send(text, {
        ...(replyTo && { replyTo: replyTo.id }),
        isAction,
      })
      if (!isWaiting(reply)) this.discard(line)
      else if (this.lines.some(({ id }) => id === line.id)) {
        const { waits, until } = reply
        this.replace({ ...line, state: waits, waitsAs: reply.id, untilMs: until })
      }
      return null
    } catch (error) {
      if (!(error instanceof Refusal)) {
        this.replace({ ...line, state: 'failed' })
        return null
      }
      this.discard(line)
      return this.refused(line, error)
    }
  }

  private refused(line: OwnLine, error: Refusal): Returned | null {
    const { code, message } = error
    const retryAtMs = Date.now() + (error.retryAfterMs ?? 0)
    const { text, replyTo, isAction } = line
    const said = { text, replyTo, ...(isAction && { isAction }) }
    if (code === 'slow_mode' && error.retryAfterMs !== undefined && !this.queued) {
      this.queue(said, retryAtMs)
      return null
    }
    return { ...said, code, message, retryAtMs }
  }

  private wind(atMs: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => {
        const line = this.queued
        if (line) this.sendAgain(line)
      },
      Math.max(0, atMs - Date.now()) + slack,
    )
  }

  private keepFailed({ text, replyTo, isAction, message }: Returned): void {
    const said = { text, replyTo, ...(isAction && { isAction }) }
    this.put([...this.lines, { ...said, id: this.newId(), state: 'failed', why: message }])
  }

  private replace(by: OwnLine): void {
    this.put(this.lines.map((line) => (line.id === by.id ? by : line)))
  }

  private put(lines: readonly OwnLine[]): void {
    this.lines = lines
    this.changed()
  }

  private newId(): string {
    return `o${this.ids++}`
  }
}

function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  return plain(a) === plain(b)
}
