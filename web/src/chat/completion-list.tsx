/** Suggestions above the field: emotes, people, commands. The field keeps the focus. */
import { useTranslation } from '../text/use-translation.ts'
import type { Suggestion } from './completion.ts'
import { emoteUrl } from './emotes.ts'

interface CompletionListProps {
  id: string
  suggestions: readonly Suggestion[]
  chosen: number
  onTake: (suggestion: Suggestion) => void
}

export function CompletionList({ id, suggestions, chosen, onTake }: CompletionListProps) {
  const { t } = useTranslation()
  return (
    <>
      <p className="unseen" role="status">
        {t('composer.suggestions', { count: suggestions.length })}
      </p>
      <div id={id} className="completion" role="listbox" aria-label={t('composer.field')}>
        {suggestions.map((suggestion, index) => (
          <button
            type="button"
            tabIndex={-1}
            key={suggestion.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className="completion-option"
            // The field would lose the focus before the click.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onTake(suggestion)}
          >
            {suggestion.emoteId === undefined ? null : (
              <img src={emoteUrl(suggestion.emoteId)} alt="" width={24} height={24} />
            )}
            <span className="completion-label">{suggestion.label}</span>
            {suggestion.hint ? <span className="completion-hint">{suggestion.hint}</span> : null}
          </button>
        ))}
      </div>
    </>
  )
}
