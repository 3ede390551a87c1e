/** What the host should know of their own picture and sound: failed, not sent, not heard. */
import type { StreamPhase } from '@odeon/rooms/protocol'
import { Radio, Volume2 } from 'lucide-react'
import { errorText } from '../frame/refusal-text.ts'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import { NotCarried } from './broadcast.ts'
import type { AirView, OnAir } from './on-air.ts'
import { hasOtherPicture } from './studio-pictures.tsx'

interface AirNotesProps {
  air: OnAir
  view: AirView
  phase: StreamPhase
  /** Picture and sound can be carried now. */
  hasMedia: boolean
}

export function AirNotes({ air, view, phase, hasMedia }: AirNotesProps) {
  const { t } = useTranslation()
  const isBare = phase === 'live' && !view.isOnAir && hasMedia && !hasOtherPicture(view)
  const isBusy = view.busy === 'resuming'
  return (
    <>
      {view.failed ? (
        <p className="notice notice-bad" role="alert">
          {failedText(t, view.failed)}
        </p>
      ) : null}
      {isBare ? (
        <div className="notice air-note">
          <p>
            <strong>{t('studio.resumeTitle')}.</strong> {t('studio.resumeText')}
          </p>
          <button
            type="button"
            className="button button-primary"
            aria-disabled={isBusy || undefined}
            onClick={() => void air.resumeAsked()}
          >
            <Radio size={18} aria-hidden="true" />
            {isBusy ? `${t('studio.resuming')}…` : t('studio.resume')}
          </button>
        </div>
      ) : null}
      {view.isSoundBlocked ? (
        <div className="notice air-note">
          <p>{t('studio.soundBlocked')}</p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => void air.room.media.unblockSound()}
          >
            <Volume2 size={18} aria-hidden="true" />
            {t('studio.unblock')}
          </button>
        </div>
      ) : null}
    </>
  )
}

function failedText(t: TFunction, { at, error }: NonNullable<AirView['failed']>): string {
  const why = error instanceof NotCarried ? t('studio.notCarried') : errorText(t, error)
  if (at === 'start') return t('studio.publishFailed', { why })
  return at === 'resume' ? t('studio.resumeFailed', { why }) : why
}
