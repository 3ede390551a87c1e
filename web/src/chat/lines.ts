/**
 * Lines of a chat: what the room's log says, as the page shows it. A line never changes; a removal
 * or a restoration puts another in its place.
 */
import type {
  Author,
  BattleMoved,
  ChatModes,
  ChatPosted,
  LiveEvents,
  Person,
  Quoted,
  StreamEnded,
  TrainMoved,
} from '@odeon/rooms/protocol'

interface Placed {
  key: string
  seq: number
  /** Lines stand in order of `place`, then `seq`: a line that was held stands where it was sent. */
  place: number
  at: number
}

export interface SaidLine extends Placed {
  kind: 'said'
  id: string
  from: Author
  text: string
  replyTo?: Quoted
  mentions?: string[]
  emotes?: Record<string, string>
  isAction?: true
  isAnnouncement?: true
  removed?: 'moderator' | 'author'
  /** Only the crew sees it until then, Unix ms. */
  delayedUntil?: number
}

/** All gifts of a combo, as many as there are by now, where the first of them came. */
export interface GiftLine extends Placed {
  kind: 'gift'
  from: Pick<Person, 'id' | 'name'>
  giftId: string
  units: number
  coins: number
}

/** A treasure box was filled, or drawn: `coins` are those it holds, or those it gave. */
export interface TreasureLine extends Placed {
  kind: 'treasure'
  what: 'funded' | 'drawn' | 'expired'
  name: string
  coins: number
  shares: number
  /** How many were lucky. */
  count: number
}

export type SystemLine =
  | (Placed & { kind: 'started'; by: Person })
  | (Placed & { kind: 'ended'; by: StreamEnded['by'] })
  | (Placed & { kind: 'gap'; count: number })
  | (Placed & { kind: 'cleared'; by: Person })
  | (Placed & { kind: 'moded'; by: Person; modes: ChatModes })
  | (Placed & { kind: 'crew'; name: string; role: 'moderator' | 'vip' })
  | (Placed & { kind: 'titled'; by: Person; title: string })
  | (Placed & { kind: 'throne'; name: string })
  | (Placed & { kind: 'train' } & Pick<TrainMoved, 'what' | 'level' | 'coins' | 'supporters'>)
  | TreasureLine
  | (Placed & { kind: 'battle'; move: BattleMoved })
  | (Placed & { kind: 'goal'; title: string; targetCoins: number; isReached: boolean })

export type Line = SaidLine | GiftLine | SystemLine

export function saidLine(entry: ChatPosted): SaidLine {
  const { seq, at, id, from, text, after, replyTo, mentions, emotes, removed } = entry
  const { isAction, isAnnouncement } = entry
  const base = { kind: 'said' as const, key: id, seq, place: after ?? seq, at, id, from }
  if (removed !== undefined) return { ...base, text: '', removed }
  return {
    ...base,
    text,
    ...(replyTo && { replyTo }),
    ...(mentions && { mentions }),
    ...(emotes && { emotes }),
    ...(isAction && { isAction }),
    ...(isAnnouncement && { isAnnouncement }),
  }
}

/** What is left of a line that was taken out: who and when, never what. */
export function removedLine(line: SaidLine, by: 'moderator' | 'author'): SaidLine {
  const { kind, key, seq, place, at, id, from } = line
  return { kind, key, seq, place, at, id, from, text: '', removed: by }
}

/** A quote says no more once the line it quotes is taken out. */
export function withoutQuote(line: SaidLine): SaidLine {
  return line.replyTo ? { ...line, replyTo: { ...line.replyTo, text: '' } } : line
}

type Told = { [Type in keyof LiveEvents]: (entry: LiveEvents[Type]) => Line | null }

/** How each event of the log is shown; null where it is no line of its own. */
export const lineOf = {
  'chat.posted': saidLine,
  'stream.started': ({ seq, at, by }) => ({ ...placed(seq, at), kind: 'started', by }),
  'stream.ended': ({ seq, at, by }) => ({ ...placed(seq, at), kind: 'ended', by }),
  'stream.updated': ({ seq, at, by, title }) => ({ ...placed(seq, at), kind: 'titled', by, title }),
  'chat.cleared': ({ seq, at, by }) => ({ ...placed(seq, at), kind: 'cleared', by }),
  'chat.moded': ({ seq, at, by, modes }) => ({ ...placed(seq, at), kind: 'moded', by, modes }),
  'crew.changed': ({ seq, at, name, role, has }) =>
    // Who ceases to be crew is not called out in front of everybody.
    has ? { ...placed(seq, at), kind: 'crew', name, role } : null,
  // The floor shows by itself who speaks.
  'floor.seated': () => null,
  'floor.left': () => null,
  'floor.silenced': () => null,
  'floor.led': () => null,
  'gift.sent': ({ seq, at, from, giftId, quantity, coins, comboId, comboUnits: units }) => {
    const worth = Math.round((coins / quantity) * units)
    const key = `c${comboId}`
    return { ...placed(seq, at), kind: 'gift', key, from, giftId, units, coins: worth }
  },
  // Its line has the count already.
  'gift.combo_closed': () => null,
  'throne.claimed': ({ seq, at, by }) =>
    by && { ...placed(seq, at), kind: 'throne', name: by.name },
  'train.moved': ({ seq, at, what, level, coins, supporters }) => {
    return { ...placed(seq, at), kind: 'train', what, level, coins, supporters }
  },
  'goal.changed': ({ seq, at, title, targetCoins, isReached }) =>
    targetCoins === 0 ? null : { ...placed(seq, at), kind: 'goal', title, targetCoins, isReached },
  // Who has said yes so far, the stage shows.
  'battle.moved': (move) =>
    move.what === 'accepted' ? null : { ...placed(move.seq, move.at), kind: 'battle', move },
  'treasure.funded': ({ seq, at, by, coins, shares }) => {
    const funded = { what: 'funded', name: by.name, coins, shares, count: 0 } as const
    return { ...placed(seq, at), kind: 'treasure', ...funded }
  },
  'treasure.drawn': ({ seq, at, by, lucky, givenCoins: coins, isExpired }) => {
    const what = isExpired ? 'expired' : 'drawn'
    const drawn = { what, name: by.name, coins, shares: 0, count: lucky.length } as const
    return { ...placed(seq, at), kind: 'treasure', ...drawn }
  },
  'chat.removed': () => null,
  'chat.purged': () => null,
  'chat.restored': () => null,
} satisfies Told

function placed(seq: number, at: number): Placed {
  return { key: `e${seq}`, seq, place: seq, at }
}

export function inOrder(a: Line, b: Line): number {
  return a.place - b.place || a.seq - b.seq
}

/** Of each combo one line, with its newest count, where its first gift came. */
export function foldCombos(lines: readonly Line[]): Line[] {
  const places = new Map<string, number>()
  const folded: Line[] = []
  for (const line of lines) {
    const index = line.kind === 'gift' ? places.get(line.key) : undefined
    const first = index === undefined ? undefined : folded[index]
    if (index !== undefined && first) {
      folded[index] = { ...line, seq: first.seq, place: first.place }
      continue
    }
    if (line.kind === 'gift') places.set(line.key, folded.length)
    folded.push(line)
  }
  return folded
}

const joinWithinMs = 120_000

/** A line joins the one above when the same person said it soon after. */
export function joins(line: Line, above: Line | undefined): boolean {
  return (
    isPlain(line) &&
    above !== undefined &&
    isPlain(above) &&
    above.from.id === line.from.id &&
    above.from.role === line.from.role &&
    line.at - above.at < joinWithinMs
  )
}

/** Says something the usual way: no action, announcement, answer or removal. */
function isPlain(line: Line): line is SaidLine {
  if (line.kind !== 'said') return false
  return !line.removed && !line.isAction && !line.isAnnouncement && !line.replyTo
}

/** What the list draws: a line, or a run of removed ones as a single mark. */
export interface Row {
  line: Line
  isJoined: boolean
  /** How many lines the mark stands for; 0 when the line was not removed. */
  removedCount: number
}

export function rowsOf(lines: readonly Line[], above: Line | undefined): Row[] {
  const rows: Row[] = []
  let before = above
  for (const line of lines) {
    const last = rows.at(-1)
    if (line.kind === 'said' && line.removed) {
      if (last && last.removedCount > 0) last.removedCount += 1
      else rows.push({ line, isJoined: false, removedCount: 1 })
    } else {
      rows.push({ line, isJoined: joins(line, before), removedCount: 0 })
    }
    before = line
  }
  return rows
}
