/** What comes soon, from the schedules of channels, at the reader's own time. */
import { upcoming } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dayOf, timeOf } from '../frame/when.ts'
import { odeon } from '../session/odeon.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { channelsQuery } from './channel-rail.tsx'

const soonMs = 7 * 24 * 60 * 60_000
const shownMax = 6

export function SoonRail({ now }: { now: number }) {
  const { t, i18n } = useTranslation()
  const { data } = useQuery({ ...channelsQuery, queryFn: () => odeon.channels.list() })
  // To the minute: what is on tonight does not change by the second.
  const at = Math.floor(now / 60_000) * 60_000
  const soon = (data ?? [])
    .filter(({ liveStreamId }) => liveStreamId === null)
    .flatMap((channel) =>
      upcoming(channel.schedule, at).map((occurrence) => ({ channel, ...occurrence })),
    )
    .filter(({ startsAt }) => startsAt - at < soonMs && startsAt > at)
    .toSorted((a, b) => a.startsAt - b.startsAt)
    .slice(0, shownMax)
  if (soon.length === 0) return null
  return (
    <section aria-labelledby="soon">
      <h2 id="soon">{t('home.soon')}</h2>
      <ul className="soon">
        {soon.map(({ channel, slot, startsAt }) => (
          <li key={`${channel.id}${startsAt}`} className="soon-slot">
            <p className="soon-when figures">
              <span>{dayOf(startsAt, at, i18n.language)}</span>
              <strong>{timeOf(startsAt, i18n.language)}</strong>
            </p>
            <div className="soon-what">
              <h3>
                <Link to="/channel/$handle" params={{ handle: channel.handle }} className="whole">
                  {slot.title}
                </Link>
              </h3>
              <p>
                <Avatar
                  id={channel.handle}
                  name={channel.name}
                  size={22}
                  picture={channel.avatarUrl}
                />
                {channel.name}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
