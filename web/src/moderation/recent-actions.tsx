/** What the crew did in this room, newest first, each with its way back while there is one. */
import type { ActionTaken } from '@odeon/sdk'
import { Undo2 } from 'lucide-react'
import { agoOf } from '../frame/when.ts'
import { useNow } from '../frame/use-now.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { CrewDesk } from './crew-desk.ts'
import { actText, useDesk } from './desk-notice.tsx'
import { reasonText } from './reason-text.ts'

export function RecentActions({ desk }: { desk: CrewDesk }) {
  const { t } = useTranslation()
  useDesk(desk)
  const now = useNow(5_000)
  return (
    <>
      {desk.delayed.length > 0 ? (
        <p className="crew-hint">
          {t('desk.delayed')}: {desk.delayed.length}
        </p>
      ) : null}
      {desk.actions.length === 0 ? <p className="crew-none">{t('desk.actionsNone')}</p> : null}
      <ol className="crew-actions" aria-label={t('desk.actions')}>
        {desk.actions.map((action) => (
          <ActionRow key={action.id} action={action} now={now} desk={desk} />
        ))}
      </ol>
    </>
  )
}

interface ActionRowProps {
  action: ActionTaken
  now: number
  desk: CrewDesk
}

function ActionRow({ action, now, desk }: ActionRowProps) {
  const { t, i18n } = useTranslation()
  const { by, at, reason, undoUntil } = action
  const isUndoable = undoUntil !== null && undoUntil > now
  const when = agoOf(at, now, i18n.language, t('time.justNow'))
  return (
    <li className="crew-action">
      <p>
        {actText(t, action)}
        <span className="dim">
          {' '}
          {t('acts.by', { name: by.name, when })}
          {reason ? ` · ${reasonText(t, reason)}` : ''}
        </span>
      </p>
      {isUndoable ? (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => void desk.undo(action)}
        >
          <Undo2 size={16} aria-hidden="true" />
          {t('acts.undoIt')}
        </button>
      ) : null}
    </li>
  )
}
