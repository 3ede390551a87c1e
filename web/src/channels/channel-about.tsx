/** What a channel says of itself, and where else it is. */
import type { Channel } from '@odeon/sdk'
import { ExternalLink } from 'lucide-react'
import { plainWords } from '../frame/plain-words.ts'
import { useTranslation } from '../text/use-translation.ts'

export function ChannelAbout({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation()
  const { about, name, links, statistics, createdAt } = channel
  const number = new Intl.NumberFormat(i18n.language)
  const hours = Math.round(statistics.liveMs / 3_600_000)
  return (
    <section className="panel channel-about" aria-labelledby="about">
      <h2 id="about">{t('channel.about')}</h2>
      {about ? (
        <p className="channel-words" dir="auto">
          {plainWords(about)}
        </p>
      ) : (
        <p className="dim">{t('channel.noAbout', { name })}</p>
      )}
      {links.length > 0 ? (
        <ul className="channel-links">
          {links.map(({ label, url }) => (
            <li key={`${label}${url}`}>
              <a href={url} target="_blank" rel="noopener nofollow ugc">
                <ExternalLink size={15} aria-hidden="true" />
                {plainWords(label)}
                <small>{hostOf(url)}</small>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <dl className="channel-numbers figures">
        <div>
          <dt>{t('channel.streamsCount')}</dt>
          <dd>{number.format(statistics.streams)}</dd>
        </div>
        <div>
          <dt>{t('channel.hours')}</dt>
          <dd>{number.format(hours)}</dd>
        </div>
        <div>
          <dt>{t('numbers.viewersPeak')}</dt>
          <dd>{number.format(statistics.viewersPeak)}</dd>
        </div>
        <div>
          <dt>{t('channel.since')}</dt>
          <dd>
            {new Intl.DateTimeFormat(i18n.language, { month: 'short', year: 'numeric' }).format(
              createdAt,
            )}
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** Where a link really leads, whatever it is called. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
