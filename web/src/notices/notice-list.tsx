/** Notices as a list, in the bell's panel and on their page. */
import { BellOff } from 'lucide-react'
import { useNow } from '../frame/use-now.ts'
import { useTranslation } from '../text/use-translation.ts'
import { NoticeRow } from './notice-row.tsx'
import { useNotices } from './use-notices.ts'

const minuteMs = 60_000
const skeletons = [0, 1, 2]

interface NoticeListProps {
  /** The newest so many; all that are known, and older ones when asked, if absent. */
  shownMax?: number
  /** Called when one was chosen. */
  onOpen?: () => void
}

export function NoticeList({ shownMax, onOpen }: NoticeListProps) {
  const { t } = useTranslation()
  const now = useNow(minuteMs)
  const { status, notices, more, readOlder, refresh, markRead } = useNotices()
  const shown = notices.slice(0, shownMax)
  if (shown.length === 0 && status === 'failed') return <Failed onRetry={() => void refresh()} />
  if (shown.length === 0 && status !== 'ready') return <Skeletons />
  if (shown.length === 0) {
    return (
      <div className="notices-none">
        <BellOff size={28} aria-hidden="true" />
        <p>{t('notices.none')}</p>
      </div>
    )
  }
  return (
    <>
      <ul className="notices">
        {shown.map((notice) => (
          <NoticeRow
            key={notice.id}
            notice={notice}
            now={now}
            onOpen={() => {
              // Should it fail, the notice stays unread, here and elsewhere.
              if (notice.readAt === null) void markRead(notice.id).catch(() => undefined)
              onOpen?.()
            }}
          />
        ))}
      </ul>
      {status === 'failed' ? <Failed onRetry={() => void refresh()} /> : null}
      {shownMax === undefined && more ? (
        <button
          type="button"
          className="button button-plain button-wide"
          aria-disabled={status === 'loading' || undefined}
          onClick={() => void readOlder()}
        >
          {t('notices.older')}
        </button>
      ) : null}
    </>
  )
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <p className="notice notice-bad" role="alert">
      {t('refusal.offline')}{' '}
      <button type="button" className="link-button" onClick={onRetry}>
        {t('app.retry')}
      </button>
    </p>
  )
}

function Skeletons() {
  return (
    <div className="notices" aria-busy="true">
      {skeletons.map((row) => (
        <div key={row} className="notice-row" aria-hidden="true">
          <span className="skeleton notice-icon" />
          <div className="card-skeleton">
            <div className="skeleton card-skeleton-line" />
            <div className="skeleton card-skeleton-line" />
          </div>
        </div>
      ))}
    </div>
  )
}
