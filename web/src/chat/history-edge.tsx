/** The upper end of the lines: more are coming, this is the first, or why there are none. */
import { useTranslation } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'

export function HistoryEdge({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  switch (feed.history) {
    case 'more':
      return null
    case 'loading':
      return <p className="chat-system chat-edge">{t('chat.older')}</p>
    case 'begin':
      return <p className="chat-system chat-edge">{t('chat.begin')}</p>
    case 'failed':
      return (
        <p className="chat-system chat-edge">
          {t('chat.olderFailed')}{' '}
          <button type="button" className="link-button" onClick={() => void feed.loadOlder()}>
            {t('app.retry')}
          </button>
        </p>
      )
    case 'full':
      return (
        <p className="chat-system chat-edge">
          <a className="link" href={`/live/${feed.streamId}/log`}>
            {t('chat.olderRest')}
          </a>
        </p>
      )
  }
}
