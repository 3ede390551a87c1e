/** What the room does to the window: its title, and the key that leads to the chat. */
import type { LiveConnection } from '@odeon/sdk'
import { type RefObject, useEffect } from 'react'
import { mayAct } from '../frame/letter-keys.ts'
import { useTitle } from '../frame/use-title.ts'
import { useRoomState } from './use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

export function useRoomTitle(room: LiveConnection, hostName: string): void {
  const { t } = useTranslation()
  const phase = useRoomState(room, (state) => state.phase)
  const title = useRoomState(room, (state) => state.title)
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const leads = { pending: '', live: `● ${viewers} · `, ended: `${t('live.endedBadge')} · ` }
  useTitle(`${leads[phase]}${title} · ${hostName}`)
}

const fields = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]'

/** `c` goes to the chat from anywhere that is not already a field. */
export function useChatKey(
  field: RefObject<HTMLTextAreaElement | null>,
  showChat: () => void,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'c' || !mayAct(event) || event.ctrlKey || event.metaKey || event.altKey)
        return
      if (event.target instanceof Element && event.target.closest(fields)) return
      event.preventDefault()
      showChat()
      requestAnimationFrame(() => field.current?.focus())
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [field, showChat])
}
