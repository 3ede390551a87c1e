/** In place of the field: that one is muted, until when, why, by which role, and the way out. */
import type { Sanction } from '@odeon/sdk'
import { VolumeX } from 'lucide-react'
import { clockOf } from '../frame/clock.ts'
import { useNow } from '../frame/use-now.ts'
import { useTranslation } from '../text/use-translation.ts'
import { reasonText } from './reason-text.ts'
import { untilText } from './until-text.ts'

interface MutedNoteProps {
  sanction: Sanction
  streamId: string
}

export function MutedNote({ sanction, streamId }: MutedNoteProps) {
  const { t, i18n } = useTranslation()
  const { kind, until, by, reason, scope, mayAppeal, id } = sanction
  const now = useNow(1_000, until !== null)
  const title =
    kind === 'ban'
      ? t('sanction.banned')
      : until === null
        ? t('sanction.mutedOpen')
        : t('sanction.muted', { time: untilText(until, now, i18n.language) })
  return (
    <section className="muted-note" aria-label={title}>
      <VolumeX size={20} aria-hidden="true" />
      <div>
        <p className="muted-title" role="status">
          {title}
        </p>
        <p>
          {until === null ? null : (
            <span className="figures">
              {t('sanction.mutedLeft', { left: clockOf(until - now) })}{' '}
            </span>
          )}
          {t(`sanction.by.${by}`)} {scope === 'everywhere' ? t('sanction.everywhere') : null}
        </p>
        {reason ? <p>{t('sanction.reason', { reason: reasonText(t, reason) })}</p> : null}
        <p>{t('sanction.watch')}</p>
      </div>
      {mayAppeal ? (
        <a className="button button-plain" href={`/appeals/${id}?room=${streamId}`}>
          {t('sanction.appeal')}
        </a>
      ) : null}
    </section>
  )
}
