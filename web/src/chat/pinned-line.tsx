/** The pinned line over the others, until it is taken off or its time is over. */
import { ChevronDown, ChevronUp, Pin, X } from 'lucide-react'
import { useState } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'
import { LineText } from './line-text.tsx'
import { useNowBy, useYou } from './use-turn.ts'

const shortChars = 90

export function PinnedLine({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  const { room, desk } = feed
  const pinned = useRoomState(room, (state) => state.chat.pinned)
  const isCrew = useYou(room).role !== 'viewer'
  const [openId, setOpenId] = useState('')
  const [hiddenId, setHiddenId] = useState('')
  const now = useNowBy(pinned.until)
  const isOver = pinned.id === '' || pinned.until <= now
  if (isOver || (hiddenId === pinned.id && !isCrew)) return null
  const isLong = pinned.text.length > shortChars
  const isOpen = openId === pinned.id
  const emotes = feed.log.find(pinned.id)?.emotes
  const takeOff = isCrew ? t('line.unpin') : t('app.close')
  return (
    <aside className="pinned" data-open={isOpen || undefined}>
      <p className="pinned-by">
        <Pin size={13} aria-hidden="true" />
        {t('chat.pinned', { name: pinned.by })}
      </p>
      <p className="pinned-text">
        <strong>{t('chat.pinnedWho', { name: pinned.name })}</strong>{' '}
        <LineText text={pinned.text} emotes={emotes} myName={feed.myName} />
      </p>
      <div className="pinned-tools">
        {isLong ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={isOpen ? t('chat.pinLess') : t('chat.pinMore')}
            onClick={() => setOpenId(isOpen ? '' : pinned.id)}
          >
            {isOpen ? (
              <ChevronUp size={16} aria-hidden="true" />
            ) : (
              <ChevronDown size={16} aria-hidden="true" />
            )}
          </button>
        ) : null}
        <button
          type="button"
          aria-label={takeOff}
          title={takeOff}
          onClick={() =>
            isCrew ? void desk.act(() => room.chat.pin(null)) : setHiddenId(pinned.id)
          }
        >
          <X size={16} aria-hidden="true" />
        </button>
      </div>
    </aside>
  )
}
