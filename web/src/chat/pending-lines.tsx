/** What the reader wrote and the room has not taken yet: marked, never lost. */
import { Clock, RotateCcw, TriangleAlert, X } from 'lucide-react'
import type { ChatFeed, PendingLine } from './chat-feed.ts'
import { useTranslation } from '../text/use-translation.ts'

export function PendingLines({ feed }: { feed: ChatFeed }) {
  if (feed.pending.length === 0) return null
  return (
    <ul className="chat-pending">
      {feed.pending.map((line) => (
        <PendingRow key={line.id} line={line} feed={feed} />
      ))}
    </ul>
  )
}

function PendingRow({ line, feed }: { line: PendingLine; feed: ChatFeed }) {
  const { t } = useTranslation()
  const isAway = feed.isAway
  return (
    <li className="chat-line" data-pending={line.state}>
      <span className="chat-text">{line.text}</span>
      {line.state === 'failed' ? (
        <span className="pending-mark pending-failed">
          <TriangleAlert size={14} aria-hidden="true" />
          {line.why ?? t('chat.notSent')}
          <button
            type="button"
            onClick={() => feed.sendAgain(line)}
            aria-label={t('chat.sendAgain')}
          >
            <RotateCcw size={16} aria-hidden="true" />
          </button>
          <button type="button" onClick={() => feed.discard(line)} aria-label={t('chat.discard')}>
            <X size={16} aria-hidden="true" />
          </button>
        </span>
      ) : (
        <span className="pending-mark">
          <Clock size={13} aria-hidden="true" />
          {isAway ? t('chat.waiting') : t('chat.sending')}
        </span>
      )}
    </li>
  )
}
