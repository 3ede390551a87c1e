/** The floor as a page sees it: how it stands, what you are on it, and asking for something. */
import type { AudioConnection, FloorSnapshot, LiveFloor, You } from '@odeon/sdk'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useYou } from '../chat/use-turn.ts'
import { errorText } from '../frame/refusal-text.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

export interface Said {
  text: string
  isBad?: boolean
  /** Takes it back. */
  undo?: () => Promise<unknown>
}

/** Does what is asked for and says `done`, or why not. */
export type Ask = (command: () => Promise<unknown>, done?: Said) => unknown

export interface FloorView {
  room: AudioConnection
  floor: LiveFloor
  state: FloorSnapshot
  you: You
  role: LiveFloor['role']
  /** Moderators and whoever leads. */
  isCrew: boolean
  ask: Ask
  say: (said: Said) => void
}

export interface FloorPage {
  view: FloorView
  said: Said | undefined
  hush: () => void
}

const saidForMs = 7_000
/** Long enough to be read, thought about and reached. */
const undoForMs = 30_000

/** Undefined while the room has no floor. */
export function useFloor(room: AudioConnection): FloorPage | undefined {
  const { t } = useTranslation()
  const state = useRoomState(room, (now) => now.floor)
  const you = useYou(room)
  const [said, setSaid] = useState<Said>()
  useEffect(() => {
    if (!said) return undefined
    const timer = setTimeout(() => setSaid(undefined), said.undo ? undoForMs : saidForMs)
    return () => clearTimeout(timer)
  }, [said])

  const ask = useCallback<Ask>(
    async (command, done) => {
      try {
        await command()
        setSaid(done)
      } catch (error) {
        setSaid({ text: errorText(t, error), isBad: true })
      }
    },
    [t],
  )
  const { floor } = room
  const { role } = floor
  const view = useMemo<FloorView | undefined>(() => {
    const isCrew = role === 'host' || role === 'moderator'
    return state && { room, floor, state, you, role, isCrew, ask, say: setSaid }
  }, [room, floor, state, you, role, ask])
  return view && { view, said, hush: () => setSaid(undefined) }
}
