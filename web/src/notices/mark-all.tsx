/** Everything read, on every device. */
import { useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useNotices, useUnread } from './use-notices.ts'

export function MarkAll() {
  const { t } = useTranslation()
  const { unread } = useUnread()
  const { markRead } = useNotices()
  const [failed, setFailed] = useState<string>()
  if (unread === 0) return null
  const mark = () =>
    markRead().then(
      () => setFailed(undefined),
      (error: unknown) => setFailed(errorText(t, error)),
    )
  return (
    <>
      {failed ? (
        <span className="field-wrong" role="alert">
          {failed}
        </span>
      ) : null}
      <button type="button" className="link-button" onClick={() => void mark()}>
        {t('notices.markAll')}
      </button>
    </>
  )
}
