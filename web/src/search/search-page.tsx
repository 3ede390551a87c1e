/** Everything that a search finds; on phones also the field. The words are in the address. */
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Chip } from '../frame/chip.tsx'
import { plainWords } from '../frame/plain-words.ts'
import { errorText } from '../frame/refusal-text.ts'
import { useNow } from '../frame/use-now.ts'
import { useTitle } from '../frame/use-title.ts'
import { cardOf } from '../home/live-card.ts'
import { StreamCard } from '../home/stream-card.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { findCategories } from './find-categories.ts'
import { forgetSearches, recentSearches, rememberSearch } from './recent-searches.ts'
import { type SearchView, useRested, useSearchFor } from './use-search.ts'

const foundMax = 30
const charsMax = 80

export function SearchPage() {
  const { t } = useTranslation()
  const { q } = useSearch({ from: '/search' })
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(q)
  const [told, setTold] = useState(q)
  // The address may be changed by the header's field or the back button.
  if (told !== q) {
    setTold(q)
    setText(q)
  }
  const words = useRested(text)
  const view = useSearchFor(words, foundMax)
  useTitle(words ? t('search.titleOf', { text: words }) : t('search.label'))
  useEffect(() => {
    if (q === '') field.current?.focus()
  }, [q])
  useEffect(() => {
    if (words === '' || words === q) return
    void navigate({ to: '/search', search: { q: words }, replace: true, resetScroll: false })
  }, [words, q, navigate])
  return (
    <div className="page search-page">
      <h1 className="unseen">{t('search.label')}</h1>
      <form
        role="search"
        className="search-field"
        onSubmit={(event) => {
          event.preventDefault()
          rememberSearch(text)
          field.current?.blur()
        }}
      >
        <Search size={20} aria-hidden="true" />
        <input
          ref={field}
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={charsMax}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
      {words === '' ? <Recent onChoose={setText} /> : <Results text={words} view={view} />}
    </div>
  )
}

function Recent({ onChoose }: { onChoose: (text: string) => void }) {
  const { t } = useTranslation()
  const [recent, setRecent] = useState(recentSearches)
  if (recent.length === 0) return <p className="dim search-hint">{t('search.hint')}</p>
  return (
    <section aria-labelledby="recent">
      <div className="search-heading">
        <h2 id="recent">{t('search.recent')}</h2>
        <button
          type="button"
          className="link-button"
          onClick={() => {
            forgetSearches()
            setRecent([])
          }}
        >
          {t('search.forget')}
        </button>
      </div>
      <ul className="filter-chips">
        {recent.map((text) => (
          <li key={text}>
            <button type="button" className="filter" onClick={() => onChoose(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Results({ text, view: { found, error, isBusy } }: { text: string; view: SearchView }) {
  const { t } = useTranslation()
  const now = useNow(1_000)
  if (error) {
    return (
      <p className="notice notice-bad" role="alert">
        {errorText(t, error)}
      </p>
    )
  }
  if (!found) return <div className="skeleton search-results-skeleton" aria-busy="true" />
  const { channels, streams } = found
  const categories = findCategories(text, t)
  const count = categories.length + channels.length + streams.length
  return (
    <div className="search-results" data-busy={isBusy || undefined}>
      <p className={count === 0 ? 'search-none' : 'unseen'} role="status">
        {count === 0 ? t('search.nothing', { text }) : t('search.count', { count })}
      </p>
      {count === 0 ? <p className="dim search-none-text">{t('search.nothingText')}</p> : null}
      {categories.length > 0 ? (
        <section aria-labelledby="found-categories">
          <h2 id="found-categories">{t('search.categories')}</h2>
          <ul className="filter-chips">
            {categories.map((category) => (
              <li key={category}>
                <Link to="/" search={{ category }} className="filter">
                  {t(`categories.${category}`)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {streams.length > 0 ? (
        <section aria-labelledby="found-streams">
          <h2 id="found-streams">{t('home.title')}</h2>
          <ul className="cards">
            {streams.map((stream) => (
              <StreamCard key={stream.id} card={cardOf(stream)} now={now} />
            ))}
          </ul>
        </section>
      ) : null}
      {channels.length > 0 ? (
        <section aria-labelledby="found-channels">
          <h2 id="found-channels">{t('home.channels')}</h2>
          <ul className="channels">
            {channels.map(({ id, handle, name, about, avatarUrl, category, ...channel }) => (
              <li key={id} className="channel-card" data-live={channel.liveStreamId || undefined}>
                <Avatar id={handle} name={name} size={56} picture={avatarUrl} />
                <div>
                  <h3>
                    <Link to="/channel/$handle" params={{ handle }} className="whole">
                      {name}
                    </Link>
                  </h3>
                  {about ? <p className="house-about">{plainWords(about)}</p> : null}
                  <p className="house-facts">
                    <span className="dim">
                      {t('channel.followers', { count: channel.followers })}
                    </span>
                    <Chip category={category} />
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
