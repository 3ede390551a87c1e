/** The host's streams that are over, with what they came to, newest first. */
import { Link } from '@tanstack/react-router'
import type { Stream } from '@odeon/sdk'
import { clockOf } from '../frame/clock.ts'
import { dateOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'

export function PastStreams({ streams }: { streams: readonly Stream[] }) {
  const { t } = useTranslation()
  return (
    <section className="desk-panel past-streams" aria-labelledby="studio-past">
      <h2 id="studio-past">{t('studio.past')}</h2>
      {streams.length === 0 ? (
        <p className="dim">{t('studio.pastNone')}</p>
      ) : (
        <ul className="past-list">
          {streams.map((stream) => (
            <PastStream key={stream.id} stream={stream} />
          ))}
        </ul>
      )}
    </section>
  )
}

function PastStream({ stream }: { stream: Stream }) {
  const { t, i18n } = useTranslation()
  const { id: streamId, numbers, startedAt, title } = stream
  const format = new Intl.NumberFormat(i18n.language)
  const figures = numbers
    ? ([
        ['duration', clockOf(numbers.durationMs)],
        ['viewersPeak', format.format(numbers.viewersPeak)],
        ['viewersUnique', format.format(numbers.viewersUnique)],
        ['messages', format.format(numbers.messages)],
      ] as const)
    : []
  return (
    <li className="past">
      <div className="past-title">
        <Link to="/live/$streamId" params={{ streamId }}>
          {title}
        </Link>
        <p>{startedAt ? dateOf(startedAt, i18n.language) : null}</p>
      </div>
      <dl className="past-numbers figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`numbers.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Link to="/live/$streamId/log" params={{ streamId }} className="button button-plain">
        {t('studio.viewLog')}
      </Link>
    </li>
  )
}
