/** Six buttons with the room's running totals. Your own taps count at once; others' rise too. */
import { type ReactionKind, reactionKinds } from '@odeon/rooms/protocol'
import type { LiveConnection } from '@odeon/sdk'
import {
  type Dispatch,
  type RefObject,
  type SetStateAction,
  useEffect,
  useRef,
  useState,
} from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { floatFrom } from './reaction-floats.ts'
import { reactionColours, ReactionGlyph } from './reaction-glyph.tsx'
import { useTranslation } from '../text/use-translation.ts'

type Counts = Record<ReactionKind, number>
const none: Counts = { heart: 0, fire: 0, laugh: 0, clap: 0, wow: 0, cry: 0 }

interface ReactionDockProps {
  room: LiveConnection
  isOpen: boolean
  layer: RefObject<HTMLElement | null>
  onReacted: (colour: string, count: number) => void
}

export function ReactionDock({ room, isOpen, layer, onReacted }: ReactionDockProps) {
  const { t } = useTranslation()
  const totals = useRoomState(room, (state) => state.reactions)
  const [ahead, setAhead] = useState<Counts>(none)
  const own = useRef<Counts>({ ...none })
  const buttons = useRef(new Map<ReactionKind, HTMLButtonElement>())

  useEffect(() => {
    const stops = reactionKinds.map((kind) =>
      room.onChange(
        (state) => state.reactions[kind],
        (now, before) => {
          const gained = Math.max(0, now - (before ?? now))
          const mine = Math.min(gained, own.current[kind])
          own.current[kind] -= mine
          if (mine > 0) fold(setAhead, kind, mine)
          if (gained > 0) onReacted(reactionColours[kind], gained)
          const button = buttons.current.get(kind)
          if (gained > mine && button && layer.current) {
            floatFrom(button, layer.current, Math.min(gained - mine, 4))
          }
        },
      ),
    )
    return () => {
      for (const stop of stops) stop()
    }
  }, [room, layer, onReacted])

  const tap = (kind: ReactionKind) => {
    if (!isOpen) return
    own.current[kind] += 1
    setAhead((now) => ({ ...now, [kind]: now[kind] + 1 }))
    // A refused or lost tap is simply not counted, and the total says so at once.
    room.react(kind).catch(() => {
      own.current[kind] = Math.max(0, own.current[kind] - 1)
      fold(setAhead, kind, 1)
    })
    const button = buttons.current.get(kind)
    if (button && layer.current) floatFrom(button, layer.current)
  }

  return (
    <div className="dock" role="group" aria-label={t('reactions.label')}>
      {reactionKinds.map((kind) => {
        const total = totals[kind] + ahead[kind]
        return (
          <button
            key={kind}
            ref={(element) => {
              if (element) buttons.current.set(kind, element)
            }}
            type="button"
            className="dock-button"
            disabled={!isOpen}
            aria-label={t('reactions.send', { kind: t(`reactions.${kind}`), count: total })}
            title={t(`reactions.${kind}`)}
            onClick={() => tap(kind)}
          >
            <ReactionGlyph kind={kind} />
            <span className="dock-total figures" aria-hidden="true">
              {shortNumber(total)}
            </span>
          </button>
        )
      })}
    </div>
  )
}

function fold(setAhead: Dispatch<SetStateAction<Counts>>, kind: ReactionKind, by: number): void {
  setAhead((now) => ({ ...now, [kind]: Math.max(0, now[kind] - by) }))
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
function shortNumber(value: number): string {
  return short.format(value)
}
