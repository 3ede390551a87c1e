/** Below the field: what is found while one types, or what was searched for lately. */
import { useEffect, useMemo, useState } from 'react'
import { Queries } from '../frame/queries.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { useTranslation } from '../text/use-translation.ts'
import { forgetSearches, recentSearches } from './recent-searches.ts'
import { findCategories } from './find-categories.ts'
import { optionsOf, recentOptions, type SearchOption } from './search-options.ts'
import { SearchRow } from './search-row.tsx'
import { useRested, useSearchFor } from './use-search.ts'

const foundMax = 5

interface SearchPanelProps {
  id: string
  text: string
  active: number
  onOptions: (options: readonly SearchOption[]) => void
  onChoose: (option: SearchOption) => void
}

export function SearchPanel(props: SearchPanelProps) {
  return (
    <Queries>
      <Panel {...props} />
    </Queries>
  )
}

function Panel({ id, text, active, onOptions, onChoose }: SearchPanelProps) {
  const { t } = useTranslation()
  const [recent, setRecent] = useState(recentSearches)
  const words = useRested(text)
  const { found, error, isBusy } = useSearchFor(words, foundMax)
  const isAsking = text.trim() !== ''
  const asked = text.trim()
  const options = useMemo(() => {
    if (asked === '') return recentOptions(recent)
    return optionsOf(asked, { categories: findCategories(asked, t), found })
  }, [asked, found, recent, t])
  // The field walks these by the arrow keys.
  useEffect(() => onOptions(options), [options, onOptions])

  const isNothing = isAsking && found !== undefined && options.length === 0 && !isBusy
  if (!isAsking && recent.length === 0) return null
  return (
    <div className="search-panel" aria-busy={isBusy || undefined}>
      {isAsking ? null : (
        <div className="search-heading">
          <span>{t('search.recent')}</span>
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
      )}
      <div id={`${id}-found`} role="listbox" aria-label={t('search.label')}>
        {options.map((option, index) => (
          <SearchRow
            key={option.id}
            id={`${id}-${index}`}
            option={option}
            isActive={index === active}
            onChoose={() => onChoose(option)}
          />
        ))}
      </div>
      <p className={isNothing || error ? 'search-nothing' : 'unseen'} role="status">
        {error ? errorText(t, error) : isNothing ? t('search.nothing', { text: words }) : ''}
      </p>
      {isBusy && options.length === 0 && !error ? <RowSkeletons /> : null}
    </div>
  )
}

function RowSkeletons() {
  return (
    <div className="search-skeletons" aria-hidden="true">
      <span className="skeleton" />
      <span className="skeleton" />
      <span className="skeleton" />
    </div>
  )
}
