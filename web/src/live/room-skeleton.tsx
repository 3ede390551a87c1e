/** The room before it is there: the same shapes, with whatever is already known in them. */
import type { Stream } from '@odeon/sdk'
import { useTitle } from '../frame/use-title.ts'
import { Mark } from '../frame/mark.tsx'
import { useTranslation } from '../text/use-translation.ts'

const lineWidths = [62, 84, 48, 76, 58, 90, 66, 44, 72]

export function RoomSkeleton({ stream }: { stream: Stream | undefined }) {
  const { t } = useTranslation()
  useTitle(stream ? `${stream.title} · ${stream.channel.name}` : undefined)
  return (
    <div className="room" data-chat="shown" aria-busy="true">
      <h1 className="unseen">{t('live.label')}</h1>
      <p className="unseen" role="status">
        {t('app.loading')}
      </p>
      <div className="room-stage" aria-hidden="true">
        <div className="room-picture">
          <div className="stage stage-dark">
            <Mark size={64} waiting />
          </div>
        </div>
        <div className="room-header">
          <span className="skeleton avatar-skeleton" />
          <div className="room-title">
            <p className="room-title-known">
              {stream?.title ?? <span className="skeleton line-skeleton" />}
            </p>
            <p>{stream?.channel.name ?? <span className="skeleton line-skeleton line-short" />}</p>
          </div>
        </div>
      </div>
      <div className="room-chat chat" aria-hidden="true">
        <div className="chat-head">
          <span className="skeleton line-skeleton line-short" />
        </div>
        <div className="chat-skeleton">
          {lineWidths.map((width) => (
            <span key={width} className="skeleton line-skeleton" style={{ width: `${width}%` }} />
          ))}
        </div>
      </div>
    </div>
  )
}
