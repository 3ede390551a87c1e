/** All emotes of the channel and the house, and those used lately: by eye, by word, by keys. */
import type { Emote } from '@odeon/sdk'
import { Search } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { nextInGrid } from '../frame/move-in-grid.ts'
import { useTranslation } from '../text/use-translation.ts'
import { findEmotes } from './find-emotes.ts'
import { useKeysIn } from './use-latest.ts'
import { type EmotesView, emoteUrl, useRecentEmotes } from './emotes.ts'

interface EmotePickerProps {
  view: EmotesView
  button: RefObject<HTMLElement | null>
  onPick: (code: string, isMore: boolean) => void
  onClose: () => void
}

export function EmotePicker({ view, button, onPick, onClose }: EmotePickerProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const recent = useRecentEmotes()
  const grid = useRef<HTMLDivElement>(null)
  const { emotes } = view
  useKeysIn(grid, (event) => moveFocus(event, grid))
  const found = query === '' ? [] : findEmotes(emotes, query)
  const byCode = new Map(emotes.map((emote) => [emote.code, emote]))
  const sections: [title: string, emotes: Emote[]][] =
    query === ''
      ? [
          [t('composer.emoteRecent'), recent.flatMap((code) => byCode.get(code) ?? [])],
          [t('composer.emoteChannel'), emotes.filter(({ isHouse }) => !isHouse)],
          [t('composer.emoteHouse'), emotes.filter(({ isHouse }) => isHouse)],
        ]
      : [[t('composer.emotes'), found]]

  const onSearchKey = (event: KeyboardEvent) => {
    const [first] = found
    if (event.key === 'Enter' && first) {
      event.preventDefault()
      onPick(first.code, event.shiftKey)
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      grid.current?.querySelector<HTMLElement>('button')?.focus()
    }
  }
  return (
    <Popover
      trigger="DialogTrigger"
      triggerRef={button}
      className="menu-popover emote-popover"
      placement="top end"
      offset={10}
      isOpen
      onOpenChange={(isStillOpen) => {
        if (!isStillOpen) onClose()
      }}
    >
      <Dialog className="emote-picker" aria-label={t('composer.emotes')}>
        <label className="emote-search field-box">
          <Search size={16} aria-hidden="true" />
          <input
            className="field-input"
            type="search"
            aria-label={t('composer.emoteSearch')}
            placeholder={t('composer.emoteSearch')}
            autoFocus
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onSearchKey}
          />
        </label>
        <div ref={grid} className="emote-sections">
          {sections.map(([title, list]) =>
            list.length === 0 ? null : (
              <section key={title}>
                <h3>{title}</h3>
                <ul className="emote-grid">
                  {list.map((emote) => (
                    <li key={emote.code}>
                      <button
                        type="button"
                        className="emote-button"
                        aria-label={`:${emote.code}:`}
                        title={`:${emote.code}:`}
                        onClick={(event) => onPick(emote.code, event.shiftKey)}
                      >
                        <img
                          src={emoteUrl(emote.id)}
                          alt=""
                          width={32}
                          height={32}
                          loading="lazy"
                        />
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ),
          )}
          <PickerState view={view} isNothingFound={query !== '' && found.length === 0} />
        </div>
      </Dialog>
    </Popover>
  )
}

function PickerState({ view, isNothingFound }: { view: EmotesView; isNothingFound: boolean }) {
  const { t } = useTranslation()
  if (view.hasFailed) {
    return (
      <p className="emote-state">
        {t('composer.emoteFailed')}{' '}
        <button type="button" className="link-button" onClick={view.retry}>
          {t('app.retry')}
        </button>
      </p>
    )
  }
  if (view.isLoading) return <div className="skeleton emote-waiting" />
  if (view.emotes.length === 0) return <p className="emote-state">{t('composer.emoteEmpty')}</p>
  return isNothingFound ? <p className="emote-state">{t('composer.emoteNone')}</p> : null
}

function moveFocus(event: globalThis.KeyboardEvent, grid: RefObject<HTMLElement | null>): void {
  const buttons = [...(grid.current?.querySelectorAll<HTMLElement>('.emote-button') ?? [])]
  const next = nextInGrid(event.key, buttons, document.activeElement)
  if (!next) return
  event.preventDefault()
  next.focus()
}
