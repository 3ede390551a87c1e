/**
 * The lines a reader holds, in log order. Following, it keeps the newest; scrolled up, it keeps
 * what is being read and lets nothing move under the reader, within a bound.
 */
import { foldCombos, type GiftLine, inOrder, type Line, type SaidLine } from './lines.ts'

export const chatLogLimits = {
  /** Lines kept while following the newest. */
  followingLinesMax: 600,
  /** Lines kept while reading older ones; beyond it the newest wait aside. */
  readingLinesMax: 2_400,
  /** Newest lines set aside for the way back. */
  asideLinesMax: 300,
} as const

export class ChatLog {
  private held: Line[] = []
  private aside: Line[] = []
  private isDetached = false
  private arrived = 0
  following = true
  /** Lines that arrived since the reader stopped following. */
  unread = 0

  get lines(): readonly Line[] {
    return this.held
  }

  /** Whether lines between the held ones and the newest are out of scrolling's reach. */
  get detached(): boolean {
    return this.isDetached
  }

  /** Lines added at the end so far; what a list watches to know that something arrived. */
  get total(): number {
    return this.arrived
  }

  /** Where history goes on: the lowest number held, or undefined when nothing is. */
  get oldestSeq(): number | undefined {
    let oldest: number | undefined
    for (const { seq } of this.held) {
      if (seq > 0 && (oldest === undefined || seq < oldest)) oldest = seq
    }
    return oldest
  }

  add(lines: readonly Line[]): void {
    const fresh = foldCombos(lines).filter((line) => !this.replaced(line))
    this.arrived += fresh.length
    if (this.following) {
      append(this.held, fresh)
      const surplus = this.held.length - chatLogLimits.followingLinesMax
      if (surplus > 0) this.held.splice(0, surplus)
      return
    }
    this.unread += fresh.length
    append(this.aside, fresh)
    const surplus = this.aside.length - chatLogLimits.asideLinesMax
    if (surplus > 0) this.aside.splice(0, surplus)
    const fits = this.held.length + fresh.length <= chatLogLimits.readingLinesMax
    if (!this.isDetached && fits) append(this.held, fresh)
    else this.isDetached = true
  }

  /** Older lines from history, oldest first. Answers false when no more can be held. */
  addOlder(lines: readonly Line[]): boolean {
    const known = new Set(this.held.map(({ key }) => key))
    const older = lines.filter(({ key }) => !known.has(key))
    for (const line of lines) if (line.kind === 'gift') this.beganAt(line)
    const room = chatLogLimits.readingLinesMax - this.held.length
    if (room <= 0) return false
    this.held = [...older.slice(-room), ...this.held]
    this.held.sort(inOrder)
    return this.held.length < chatLogLimits.readingLinesMax
  }

  /** Puts another line in the place of each said one for which `change` gives one. */
  change(change: (line: SaidLine) => SaidLine): void {
    const changed = (line: Line) => (line.kind === 'said' ? change(line) : line)
    this.held = this.held.map(changed)
    this.aside = this.aside.map(changed)
  }

  /** Takes lines out without a trace. */
  drop(goes: (line: Line) => boolean): void {
    this.held = this.held.filter((line) => !goes(line))
    this.aside = this.aside.filter((line) => !goes(line))
  }

  /** Puts lines back in their places: over their marks, or among the held ones. */
  restore(lines: readonly SaidLine[]): void {
    const missing = lines.filter((line) => !this.replaced(line))
    const first = this.held[0]
    const reachable = missing.filter((line) => first !== undefined && inOrder(line, first) > 0)
    this.held = [...this.held, ...reachable].toSorted(inOrder)
  }

  find(id: string): SaidLine | undefined {
    return this.held.findLast((line): line is SaidLine => line.kind === 'said' && line.id === id)
  }

  stopFollowing(): void {
    if (!this.following) return
    this.following = false
    this.unread = 0
    this.aside = this.held.slice(-chatLogLimits.asideLinesMax)
  }

  follow(): void {
    if (this.following) return
    if (this.isDetached) this.held = this.aside
    this.held = this.held.slice(-chatLogLimits.followingLinesMax)
    this.aside = []
    this.isDetached = false
    this.following = true
    this.unread = 0
  }

  /** Where a combo began may be known only now; history goes on from there. */
  private beganAt({ key, seq, place }: GiftLine): void {
    this.held = this.held.map((line) => {
      return line.key === key && line.seq > seq ? { ...line, seq, place } : line
    })
  }

  /** What is held already (a line shown to the crew early or removed, a combo) keeps its place. */
  private replaced(line: Line): boolean {
    if (line.kind !== 'said' && line.kind !== 'gift') return false
    const inHeld = swap(this.held, line)
    const inAside = swap(this.aside, line)
    return inHeld || inAside
  }
}

function swap(lines: Line[], line: SaidLine | GiftLine): boolean {
  // What is replaced is nearly always among the newest; asked for every line that comes.
  for (let index = lines.length - 1; index >= 0; index--) {
    const held = lines[index]
    if (held?.key !== line.key) continue
    const { place } = held
    lines[index] = line.kind === 'gift' ? { ...line, place, seq: held.seq } : { ...line, place }
    return true
  }
  return false
}

/** Adds lines at the end, or before it where one belongs further up. */
function append(lines: Line[], fresh: readonly Line[]): void {
  for (const line of fresh) {
    let index = lines.length
    while (index > 0 && inOrder(lines[index - 1] as Line, line) > 0) index -= 1
    if (index === lines.length) lines.push(line)
    else lines.splice(index, 0, line)
  }
}
