/** The search field of the header: `/` or Ctrl+K leads here; what is found comes below it. */
import { useNavigate } from '@tanstack/react-router'
import { Search, X } from 'lucide-react'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { mayAct, useLetterKeys } from '../frame/letter-keys.ts'
import { later } from '../frame/later.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { rememberSearch } from './recent-searches.ts'
import { pathOf, type SearchOption } from './search-options.ts'

const loadPanel = async () => (await import('./search-panel.tsx')).SearchPanel
const SearchPanel = later(loadPanel)
const charsMax = 80

/** Not while somebody writes elsewhere. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
  )
}

function useShortcut(focus: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isCommand = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      const isSlash =
        event.key === '/' && mayAct(event) && !event.ctrlKey && !event.metaKey && !event.altKey
      if (event.defaultPrevented || !(isCommand || (isSlash && !isWriting(event.target)))) return
      event.preventDefault()
      focus()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [focus])
}

export function SearchBox() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [options, setOptions] = useState<readonly SearchOption[]>([])
  const [active, setActive] = useState(-1)
  const hasLetters = useLetterKeys()
  const focus = useCallback(() => {
    // On a phone the field is a page of its own.
    if (field.current?.offsetParent) field.current.select()
    else void navigate({ to: '/search', search: { q: '' } })
  }, [navigate])
  useShortcut(focus)

  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const go = (option: SearchOption) => {
    if (text.trim() !== '') rememberSearch(text)
    if (option.kind === 'recent') setText(option.text)
    else if (option.kind !== 'all') setText('')
    close()
    field.current?.blur()
    void navigate(pathOf(option))
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () =>
      isOpen ? setActive((at) => (at + 1) % Math.max(1, options.length)) : setOpen(true),
    ArrowUp: () => setActive((at) => (at <= 0 ? options.length - 1 : at - 1)),
    Escape: () => (isOpen ? close() : field.current?.blur()),
    Enter: () => {
      const option = options[active]
      if (option) go(option)
      else if (text.trim() !== '') go({ kind: 'all', id: 'all', text: text.trim() })
    },
  }
  const chosen = isOpen ? options[active] : undefined
  return (
    <search
      className="search-box"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
    >
      <Search className="search-icon" size={17} aria-hidden="true" />
      <input
        ref={field}
        type="text"
        role="combobox"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={charsMax}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        aria-keyshortcuts={hasLetters ? '/ Control+K' : 'Control+K'}
        aria-expanded={isOpen && options.length > 0}
        aria-controls={`${id}-found`}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${id}-${active}` : undefined}
        value={text}
        onFocus={() => setOpen(true)}
        onPointerEnter={() => void loadPanel().catch(() => undefined)}
        onChange={(event) => {
          setText(event.target.value)
          setOpen(true)
          setActive(-1)
        }}
        onKeyDown={(event) => {
          const act = event.nativeEvent.isComposing ? undefined : keys[event.key]
          if (!act) return
          event.preventDefault()
          act()
        }}
      />
      {text === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <button
          type="button"
          className="search-clear"
          aria-label={t('search.clear')}
          onClick={() => {
            setText('')
            field.current?.focus()
          }}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
      {isOpen ? (
        <SearchPanel id={id} text={text} active={active} onOptions={setOptions} onChoose={go} />
      ) : null}
    </search>
  )
}
