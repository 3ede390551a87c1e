/** How an action went, for ten seconds, with the way back while there is one. */
import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { ActionTaken } from '@odeon/sdk'
import { rejectedText } from '../chat/composer-notes.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import type { CrewDesk, Notice } from './crew-desk.ts'
import { Refusal } from '@odeon/sdk'

export function useDesk(desk: CrewDesk): void {
  useSyncExternalStore(desk.subscribe, desk.version)
}

export function actText(t: TFunction, { kind, target }: ActionTaken): string {
  return t(`acts.${kind}`, { name: target?.name ?? t('acts.somebody') })
}

function noticeText(t: TFunction, notice: Notice): string {
  switch (notice.kind) {
    case 'acted':
      return actText(t, notice.action)
    case 'failed':
      return notice.error instanceof Refusal
        ? rejectedText(t, notice.error)
        : errorText(t, notice.error)
    case 'said':
      return t(`notice.${notice.what}`)
  }
}

export function DeskNotice({ desk }: { desk: CrewDesk }) {
  const { t } = useTranslation()
  useDesk(desk)
  const { notice } = desk
  const action = notice?.kind === 'acted' && notice.action.undoUntil ? notice.action : null
  return (
    <div className="desk-notice" role="status">
      {notice ? (
        <div
          key={notice.key}
          className="desk-notice-card"
          data-kind={notice.kind}
          onPointerEnter={() => desk.linger()}
          onPointerLeave={() => desk.fade()}
          onFocus={() => desk.linger()}
          onBlur={() => desk.fade()}
        >
          <p>{noticeText(t, notice)}</p>
          {action ? (
            <button type="button" className="link-button" onClick={() => void desk.undo(action)}>
              {t('acts.undoIt')}
            </button>
          ) : null}
          <button
            type="button"
            className="desk-notice-close"
            aria-label={t('app.close')}
            onClick={() => desk.dismiss()}
          >
            <X size={15} aria-hidden="true" />
          </button>
        </div>
      ) : null}
    </div>
  )
}
