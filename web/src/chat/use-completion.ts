/** Completion in the field: what could be meant, which one is chosen, and the keys for it. */
import type { KeyboardEvent, RefObject } from 'react'
import { useId, useState } from 'react'
import type { ChatFeed } from './chat-feed.ts'
import { applied, type Begun, begunAt, type Suggestion } from './completion.ts'
import { suggestEmotes, suggestPeople } from './completion.ts'
import { useEmotes } from './emotes.ts'
import { peopleIn, suggestSlash } from './slash.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { Composer } from './use-composer.ts'

export interface Completion {
  id: string
  suggestions: readonly Suggestion[]
  chosen: number
  take: (suggestion: Suggestion) => void
  /** Where the caret is now; what is suggested follows it. */
  moved: (caret: number) => void
  /** True when the key was for the list. */
  onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
}

const none: readonly Suggestion[] = []

export function useCompletion(
  feed: ChatFeed,
  composer: Composer,
  field: RefObject<HTMLTextAreaElement | null>,
): Completion {
  const { t } = useTranslation()
  const id = useId()
  const { text } = composer
  const [caret, setCaret] = useState(0)
  const [chosen, setChosen] = useState(0)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const { emotes } = useEmotes(feed.room)
  const begun = dismissed === text ? null : begunAt(text, Math.min(caret, text.length))

  const suggest = ({ kind, query }: Begun): readonly Suggestion[] => {
    if (kind === 'emote') return suggestEmotes(emotes, query)
    if (kind === 'command') return suggestSlash(t, feed, query)
    return suggestPeople(
      peopleIn(feed).map(({ name }) => name),
      query,
    )
  }
  const suggestions = begun ? suggest(begun) : none
  const at = Math.min(chosen, suggestions.length - 1)

  const take = (suggestion: Suggestion) => {
    if (!begun) return
    const next = applied(text, begun, suggestion)
    setCaret(next.caret)
    setChosen(0)
    composer.put(next.text, next.caret)
    field.current?.focus()
  }
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (suggestions.length === 0) return false
    const suggestion = suggestions[at]
    switch (event.key) {
      case 'ArrowDown':
        setChosen((at + 1) % suggestions.length)
        return true
      case 'ArrowUp':
        setChosen((at - 1 + suggestions.length) % suggestions.length)
        return true
      case 'Tab':
        if (suggestion) take(suggestion)
        return true
      case 'Enter':
        // A command that stands there whole is sent, not completed once more.
        if (!suggestion || suggestion.insert.trim() === text.trim()) return false
        take(suggestion)
        return true
      case 'Escape':
        setDismissed(text)
        return true
      default:
        return false
    }
  }
  const moved = (now: number) => {
    setCaret(now)
    setChosen(0)
  }
  return { id, suggestions, chosen: at, take, moved, onKey }
}
