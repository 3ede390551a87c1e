/** Channels of the house as faces in a row; who is live wears the live ring. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { odeon } from '../session/odeon.ts'
import { Avatar } from '../stage/avatar.tsx'

const staleMs = 60_000

export function ChannelRail() {
  const { t } = useTranslation()
  const { data: channels } = useQuery({
    queryKey: ['channels'],
    queryFn: () => odeon.channels.list(),
    staleTime: staleMs,
  })
  if (!channels?.length) return null
  return (
    <section aria-labelledby="channels">
      <h2 id="channels">{t('home.channels')}</h2>
      <ul className="faces">
        {channels.map(({ id, handle, name, liveStreamId }) => (
          <li key={id} className="face" data-live={liveStreamId !== null || undefined}>
            <Avatar id={id} name={name} size={72} />
            <Link to="/channel/$handle" params={{ handle }} className="whole">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
