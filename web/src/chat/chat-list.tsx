/** The lines, the way back to the newest, and what waits to be sent. */
import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ChatFeed } from './chat-feed.ts'
import { ChatLine } from './chat-line.tsx'
import { joins } from './chat-log.ts'
import { PendingLines } from './pending-lines.tsx'
import { useChatWindow } from './use-chat-window.ts'
import { useTranslation } from '../text/use-translation.ts'

const countedMax = 999

function useFeedVersion(feed: ChatFeed): number {
  return useSyncExternalStore(feed.subscribe, feed.version)
}

export function ChatList({ feed, empty }: { feed: ChatFeed; empty: string }) {
  const { t } = useTranslation()
  useFeedVersion(feed)
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const { lines, above, onScroll, toNewest } = useChatWindow(feed, box, list)
  useStayAtBottom(feed, box)

  const { unread, following } = feed.log
  const isEmpty = lines.length === 0 && feed.pending.length === 0
  return (
    <div className="chat-list">
      <div
        ref={box}
        className="chat-scroll"
        role="log"
        aria-live="off"
        aria-label={t('chat.region')}
        tabIndex={0}
        onScroll={onScroll}
      >
        <HistoryEdge feed={feed} />
        {isEmpty ? <p className="chat-empty">{empty}</p> : null}
        <ol ref={list} className="chat-lines">
          {lines.map((line, index) => (
            <ChatLine
              key={line.key}
              line={line}
              isJoined={joins(line, index === 0 ? above : lines[index - 1])}
              myName={feed.myName}
            />
          ))}
        </ol>
        <PendingLines feed={feed} />
      </div>
      {following ? null : (
        <button type="button" className="chat-pill" onClick={toNewest}>
          {unread === 0
            ? t('chat.toNewest')
            : unread > countedMax
              ? t('chat.manyNew', { count: countedMax })
              : t('chat.newLines', { count: unread })}
          <ArrowDown size={16} aria-hidden="true" />
        </button>
      )}
      <Announcer feed={feed} />
    </div>
  )
}

/** When the box itself changes size (keyboard, rotation), a follower stays at the newest line. */
function useStayAtBottom(feed: ChatFeed, box: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (feed.log.following) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [feed, box])
}

function HistoryEdge({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  if (feed.history === 'loading') return <p className="chat-system">{t('chat.older')}</p>
  if (feed.history === 'begin') return <p className="chat-system">{t('chat.begin')}</p>
  if (feed.history === 'failed') {
    return (
      <p className="chat-system">
        {t('chat.olderFailed')}{' '}
        <button type="button" className="link-button" onClick={() => void feed.loadOlder()}>
          {t('app.retry')}
        </button>
      </p>
    )
  }
  if (feed.history === 'full') {
    return (
      <p className="chat-system">
        <a className="link" href={`/live/${feed.streamId}/log`}>
          {t('chat.olderRest')}
        </a>
      </p>
    )
  }
  return null
}

/** Mentions are read out as they come; the rest only when asked for. */
function Announcer({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState('')
  const newest = () =>
    feed.log.lines
      .slice(-5)
      .flatMap((line) =>
        line.kind === 'said' ? [t('chat.said', { name: line.from.name, text: line.text })] : [],
      )
      .join('. ')
  const mention = feed.mention
  return (
    <>
      <button type="button" className="chat-announce" onClick={() => setAsked(newest())}>
        {t('chat.announce')}
      </button>
      <p className="unseen" aria-live="polite">
        {asked}
      </p>
      <p className="unseen" aria-live="polite">
        {mention ? t('chat.mention', { name: mention.from.name, text: mention.text }) : ''}
      </p>
    </>
  )
}
