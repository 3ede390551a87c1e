/** A part of the page that is read first: its title, what it holds, or why it does not. */
import type { ReactNode } from 'react'
import { errorText } from '../../frame/refusal-text.ts'
import { useTranslation } from '../../text/use-translation.ts'

interface BroadcastPanelProps {
  id: string
  title: string
  text: string
  error: unknown
  onRetry: () => void
  /** Absent until it was read. */
  children: ReactNode
}

export function BroadcastPanel({ id, title, text, error, onRetry, children }: BroadcastPanelProps) {
  const { t } = useTranslation()
  const isRead = children !== undefined
  return (
    <section className="panel" aria-labelledby={id} aria-busy={!isRead && !error}>
      <h2 id={id}>{title}</h2>
      <p className="dim owner-lead">{text}</p>
      {error && !isRead ? (
        <p className="notice notice-bad" role="alert">
          {errorText(t, error)}{' '}
          <button type="button" className="link-button" onClick={onRetry}>
            {t('app.retry')}
          </button>
        </p>
      ) : null}
      {isRead ? children : error ? null : <div className="skeleton broadcast-skeleton" />}
    </section>
  )
}
