/** Whom what is being written answers, and the way out of it. */
import { CornerUpLeft, X } from 'lucide-react'
import { useTranslation } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'

export function ReplyBar({ feed, onDone }: { feed: ChatFeed; onDone: () => void }) {
  const { t } = useTranslation()
  const { replyingTo } = feed
  if (!replyingTo) return null
  return (
    <div className="reply-bar">
      <CornerUpLeft size={15} aria-hidden="true" />
      <p>
        <strong>{t('composer.answering', { name: replyingTo.from.name })}</strong>{' '}
        <span>{replyingTo.text}</span>
      </p>
      <button
        type="button"
        aria-label={t('composer.answerNone')}
        title={t('composer.answerNone')}
        onClick={() => {
          feed.reply(null)
          onDone()
        }}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}
