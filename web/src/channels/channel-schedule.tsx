/** When a channel is on, at the reader's own time; the next slot first. */
import { type Channel, upcoming } from '@odeon/sdk'
import { CalendarClock } from 'lucide-react'
import { plainWords } from '../frame/plain-words.ts'
import { useNow } from '../frame/use-now.ts'
import { dayOf, ownZone, timeOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'

const minuteMs = 60_000

export function ChannelSchedule({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation()
  const now = useNow(minuteMs)
  if (channel.schedule.length === 0) return null
  const [next, ...others] = upcoming(channel.schedule, now)
  if (!next) return null
  const zone = ownZone()
  const time = (at: number) => timeOf(at, i18n.language)
  const isOn = next.startsAt <= now
  return (
    <section className="panel" aria-labelledby="schedule">
      <h2 id="schedule">{t('channel.schedule')}</h2>
      <div className="next-slot">
        <CalendarClock size={22} aria-hidden="true" />
        <div>
          <p className="next-when figures">
            {isOn ? t('channel.onNow') : dayOf(next.startsAt, now, i18n.language)}
            {', '}
            {time(next.startsAt)}–{time(next.endsAt)}
          </p>
          <p>{plainWords(next.slot.title)}</p>
        </div>
      </div>
      {others.length > 0 ? (
        <ul className="slots">
          {others.map(({ slot, startsAt, endsAt }) => (
            <li key={`${startsAt}${slot.title}`}>
              <span className="slot-when figures">
                {dayOf(startsAt, now, i18n.language)} {time(startsAt)}–{time(endsAt)}
              </span>
              <span>{plainWords(slot.title)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="field-hint slots-zone">{t('channel.zone', { zone })}</p>
    </section>
  )
}
