/** What to see: categories as chips that are links, language and country where there are any. */
import { Link, useNavigate } from '@tanstack/react-router'
import { categories } from '../frame/chip.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { HomeFilters, LiveCard } from './live-card.ts'

interface FilterBarProps {
  cards: readonly LiveCard[]
  filters: HomeFilters
}

export function FilterBar({ cards, filters }: FilterBarProps) {
  const { t } = useTranslation()
  return (
    <nav className="filters" aria-label={t('home.filters')}>
      <ul className="filter-chips">
        {[undefined, ...categories].map((category) => (
          <li key={category ?? ''}>
            <Link
              to="/"
              search={{ ...filters, category }}
              replace
              resetScroll={false}
              className="filter"
              activeOptions={{ exact: true }}
            >
              {category ? t(`categories.${category}`) : t('home.all')}
            </Link>
          </li>
        ))}
      </ul>
      <CodeFilter of="language" cards={cards} filters={filters} />
      <CodeFilter of="country" cards={cards} filters={filters} />
    </nav>
  )
}

function CodeFilter({ of, cards, filters }: FilterBarProps & { of: 'language' | 'country' }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const chosen = filters[of]
  const codes = new Set(cards.map((card) => card[of]).filter((code) => code !== null))
  if (chosen !== undefined) codes.add(chosen)
  // One value is no choice.
  if (codes.size < 2 && chosen === undefined) return null
  const type = of === 'language' ? 'language' : 'region'
  const names = new Intl.DisplayNames([i18n.language, 'en'], { type })
  const nameOf = (code: string) => {
    try {
      return names.of(code) ?? code
    } catch {
      return code
    }
  }
  return (
    <select
      className="filter filter-select"
      aria-label={t(`home.${of}`)}
      data-chosen={chosen === undefined ? undefined : true}
      value={chosen ?? ''}
      onChange={(event) => {
        const search = { ...filters, [of]: event.target.value || undefined }
        void navigate({ to: '/', search, replace: true, resetScroll: false })
      }}
    >
      <option value="">{t(`home.any.${of}`)}</option>
      {[...codes]
        .map((code) => [code, nameOf(code)] as const)
        .toSorted(([, a], [, b]) => a.localeCompare(b, i18n.language))
        .map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
    </select>
  )
}
