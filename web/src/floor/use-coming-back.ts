/** Says what became of seat and hand when the connection is back, or when a moderator moved you. */
import { useEffect, useRef } from 'react'
import { useLatest } from '../chat/use-latest.ts'
import type { ConnectionView } from '../live/use-connection.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { FloorView } from './use-floor.ts'

export function useComingBack(view: FloorView, { status }: ConnectionView): void {
  const { t } = useTranslation()
  const before = useRef<{ wasSeated: boolean }>(undefined)
  const { room, floor, state, you, say } = view
  const isSeated = state.speakers.has(you.id)
  const place = floor.hands.findIndex(({ id }) => id === you.id) + 1
  const now = useLatest({ isSeated, place })

  useEffect(() => {
    if (status !== 'live') {
      before.current ??= { wasSeated: now.current.isSeated }
      return
    }
    const was = before.current
    before.current = undefined
    if (!was) return
    const { isSeated: isStill, place: count } = now.current
    if (isStill) say({ text: t('floor.back.speaker') })
    else if (was.wasSeated) say({ text: t('floor.back.unseated') })
    else if (count > 0) say({ text: t('floor.back.hand', { count }) })
    else say({ text: t('floor.back.listener') })
  }, [status, say, t, now])

  useEffect(
    () =>
      room.on('floor.left', ({ who, why }) => {
        if (who.id !== room.you.id) return
        if (why === 'removed') say({ text: t('floor.movedDown') })
        if (why === 'turn_over') say({ text: t('floor.turns.over') })
      }),
    [room, say, t],
  )
}
