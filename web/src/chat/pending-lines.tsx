/** What the reader wrote and the chat does not show yet: marked, never lost. */
import { Clock, Hourglass, RotateCcw, ShieldQuestionMark, TriangleAlert, X } from 'lucide-react'
import { useNow } from '../frame/use-now.ts'
import { PendingGifts } from '../gifts/pending-gifts.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'
import type { OwnLine, OwnState } from './own-lines.ts'

export function PendingLines({ feed }: { feed: ChatFeed }) {
  return (
    <>
      <PendingGifts feed={feed} />
      {feed.own.lines.length > 0 ? (
        <ul className="chat-pending">
          {feed.own.lines.map((line) => (
            <PendingRow key={line.id} line={line} feed={feed} />
          ))}
        </ul>
      ) : null}
    </>
  )
}

const isOver: ReadonlySet<OwnState> = new Set(['failed', 'denied', 'expired', 'repeated'])
const signs = {
  sending: Clock,
  queued: Hourglass,
  held: ShieldQuestionMark,
  delayed: Clock,
  failed: TriangleAlert,
  denied: TriangleAlert,
  expired: TriangleAlert,
  repeated: TriangleAlert,
}

function PendingRow({ line, feed }: { line: OwnLine; feed: ChatFeed }) {
  const { t } = useTranslation()
  const { state } = line
  const Sign = signs[state]
  const hasEnded = isOver.has(state)
  return (
    <li className="chat-line" data-pending={state}>
      <span className="chat-text">{line.text}</span>
      <span className={hasEnded ? 'pending-mark pending-failed' : 'pending-mark'}>
        <Sign size={13} aria-hidden="true" />
        <StateText line={line} isAway={feed.isAway} />
        {state === 'failed' ? (
          <button
            type="button"
            onClick={() => feed.own.sendAgain(line)}
            aria-label={t('chat.sendAgain')}
          >
            <RotateCcw size={16} aria-hidden="true" />
          </button>
        ) : null}
        {hasEnded || state === 'queued' ? (
          <button
            type="button"
            onClick={() => feed.own.discard(line)}
            aria-label={t('chat.discard')}
          >
            <X size={16} aria-hidden="true" />
          </button>
        ) : null}
      </span>
    </li>
  )
}

function StateText({ line, isAway }: { line: OwnLine; isAway: boolean }) {
  const { t } = useTranslation()
  const { state, untilMs = 0 } = line
  const isTicking = state === 'queued' || state === 'delayed'
  const now = useNow(250, isTicking)
  const count = Math.max(0, Math.ceil((untilMs - now) / 1_000))
  switch (state) {
    case 'sending':
      return isAway ? t('chat.waiting') : t('chat.sending')
    case 'queued':
      return t('chat.queued', { count })
    case 'held':
      return t('chat.heldOwn')
    case 'delayed':
      return t('chat.delayedOwn', { count })
    case 'denied':
      return t('chat.denied')
    case 'expired':
      return t('chat.expired')
    case 'repeated':
      return t('chat.repeated')
    case 'failed':
      return line.why ?? t('chat.notSent')
  }
}
