/** The lines, the way back to the newest, what waits to be sent, and what is done with a line. */
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useId, useMemo, useRef } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { Announcer } from './announcer.tsx'
import type { ChatFeed } from './chat-feed.ts'
import { ChatLine } from './chat-line.tsx'
import { HistoryEdge } from './history-edge.tsx'
import { LineTools } from './line-tools.tsx'
import { rowsOf } from './lines.ts'
import { PendingLines } from './pending-lines.tsx'
import { useActiveLine } from './use-active-line.ts'
import { useChatWindow } from './use-chat-window.ts'
import { useFeedVersion } from './use-feed-version.ts'
import { useKeptPlace } from './use-kept-place.ts'

const countedMax = 999

interface ChatListProps {
  feed: ChatFeed
  empty: string
  /** Where the keyboard goes when a line that had it is gone. */
  onLeave: () => void
  children?: ReactNode
}

export function ChatList({ feed, empty, onLeave, children }: ChatListProps) {
  const { t, i18n } = useTranslation()
  const version = useFeedVersion(feed)
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const keysId = useId()
  const view = useChatWindow(feed, box, list)
  const active = useActiveLine({ feed, box, list, view, version, onLeave })
  useKeptPlace(feed, view, box, list)
  const { id, name } = feed.room.you
  const me = useMemo(() => ({ id, name }), [id, name])
  const rows = rowsOf(view.lines, view.above)
  const { unread, following } = feed.log
  const isEmpty = rows.length === 0 && feed.own.lines.length === 0
  return (
    <div className="chat-list" {...active.listHandlers}>
      <div
        ref={box}
        className="chat-scroll"
        role="log"
        aria-live="off"
        aria-label={t('chat.region')}
        aria-describedby={keysId}
        tabIndex={0}
        onScroll={view.onScroll}
        {...active.boxHandlers}
      >
        <HistoryEdge feed={feed} />
        {isEmpty ? <p className="chat-empty">{empty}</p> : null}
        <ol ref={list} className="chat-lines">
          {rows.map((row) => (
            <ChatLine key={row.line.key} {...row} me={me} language={i18n.language} />
          ))}
        </ol>
        <PendingLines feed={feed} />
      </div>
      <p id={keysId} className="unseen">
        {t('chat.keys')}
      </p>
      {children}
      {following || (view.isHeld && unread === 0) ? null : (
        <button
          type="button"
          className="chat-pill"
          data-held={view.isHeld || undefined}
          onClick={view.toNewest}
        >
          {unread === 0
            ? t('chat.toNewest')
            : unread > countedMax
              ? t('chat.manyNew', { count: countedMax })
              : t('chat.newLines', { count: unread })}
          <ArrowDown size={16} aria-hidden="true" />
        </button>
      )}
      <LineTools feed={feed} active={active} onJump={view.show} />
      <Announcer feed={feed} />
    </div>
  )
}
