/** The chat's pane: head, crew desk, pinned line, lines, field, and for guests who they are. */
import { PanelRightClose } from 'lucide-react'
import type { StreamPhase } from '@odeon/rooms/protocol'
import { type ReactNode, type RefObject, useCallback, useState } from 'react'
import { ChatComposer } from '../chat/chat-composer.tsx'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { ChatList } from '../chat/chat-list.tsx'
import { PinnedLine } from '../chat/pinned-line.tsx'
import { useYou } from '../chat/use-turn.ts'
import { later } from '../frame/later.tsx'
import { RoomGifts } from '../gifts/room-gifts.tsx'
import { DeskButton } from '../moderation/desk-button.tsx'
import { DeskNotice } from '../moderation/desk-notice.tsx'
import { Warned } from '../moderation/warned.tsx'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { GuestNote } from './guest-note.tsx'

const CrewPanel = later(async () => (await import('../moderation/crew-panel.tsx')).CrewPanel)

interface RoomChatProps {
  feed: ChatFeed
  phase: StreamPhase
  fieldRef: RefObject<HTMLTextAreaElement | null>
  onHide: () => void
  /** What stands between the lines and the field. */
  children?: ReactNode
}

export function RoomChat({ feed, phase, fieldRef, onHide, children }: RoomChatProps) {
  const { t } = useTranslation()
  const { me } = useSession()
  const isCrew = useYou(feed.room).role !== 'viewer'
  const [isDeskOpen, setDeskOpen] = useState(false)
  const empty = phase === 'pending' ? t('chat.emptyPending') : t('chat.empty')
  const toField = useCallback(() => fieldRef.current?.focus(), [fieldRef])
  return (
    <section className="room-chat chat" aria-label={t('chat.title')}>
      <div className="chat-head">
        <h2>{t('chat.title')}</h2>
        {isCrew ? <DeskButton desk={feed.desk} isOpen={isDeskOpen} onToggle={setDeskOpen} /> : null}
        <button
          type="button"
          className="button button-quiet button-icon chat-hide"
          aria-label={t('live.hideChat')}
          title={t('live.hideChat')}
          onClick={onHide}
        >
          <PanelRightClose size={18} aria-hidden="true" />
        </button>
      </div>
      {isCrew && isDeskOpen ? <CrewPanel feed={feed} onClose={() => setDeskOpen(false)} /> : null}
      <RoomGifts room={feed.room} />
      <PinnedLine feed={feed} />
      <ChatList feed={feed} empty={empty} onLeave={toField}>
        <DeskNotice desk={feed.desk} />
      </ChatList>
      {children}
      <Warned room={feed.room} />
      {phase === 'ended' ? null : <ChatComposer feed={feed} phase={phase} fieldRef={fieldRef} />}
      {phase !== 'ended' && me?.kind === 'guest' ? <GuestNote name={me.name} /> : null}
    </section>
  )
}
