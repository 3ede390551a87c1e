/** Live streams to choose one to three from, those with most viewers first; found by name. */
import { battleLimits } from '@odeon/rooms/protocol'
import { Check, Eye } from 'lucide-react'
import { useEffect, useState } from 'react'
import { TextField } from '../frame/text-field.tsx'
import { useLiveList } from '../home/live-list.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { Rival } from './use-challenge.ts'

interface RivalPickerProps {
  /** The stream that challenges. */
  own: string
  chosen: readonly Rival[]
  onToggle: (rival: Rival) => void
  /** Somebody chosen is not live any more. */
  onGone: (streamId: string) => void
}

/** With more than these a field to find somebody is worth its place. */
const findFrom = 6

export function RivalPicker({ own, chosen, onToggle, onGone }: RivalPickerProps) {
  const { t } = useTranslation()
  const { status, cards } = useLiveList()
  const [words, setWords] = useState('')
  const streams = cards.filter(({ streamId, medium }) => streamId !== own && medium === 'video')
  const wanted = words.trim().toLocaleLowerCase()
  const found = streams.filter(({ name, handle, title }) =>
    [name, handle, title].some((text) => text.toLocaleLowerCase().includes(wanted)),
  )
  useEffect(() => {
    if (status !== 'ready') return
    const live = new Set(cards.map(({ streamId }) => streamId))
    for (const { streamId } of chosen) if (!live.has(streamId)) onGone(streamId)
  }, [status, cards, chosen, onGone])
  const isFull = chosen.length >= battleLimits.sidesMax - 1
  return (
    <fieldset className="rivals">
      <legend className="field-label">{t('battle.whom')}</legend>
      {streams.length > findFrom ? (
        <TextField
          label={t('battle.find')}
          type="search"
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      ) : null}
      {found.length === 0 ? (
        <p className="dim" role="status">
          {t(status === 'loading' ? 'battle.looking' : 'battle.nobody')}
        </p>
      ) : null}
      <ul className="rival-list">
        {found.map(({ streamId, name, handle, title, avatarUrl, viewers }) => {
          const isChosen = chosen.some((rival) => rival.streamId === streamId)
          return (
            <li key={streamId}>
              <label className="rival" data-chosen={isChosen || undefined}>
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={isFull && !isChosen}
                  onChange={() => onToggle({ streamId, name })}
                />
                <Avatar id={handle} name={name} size={36} picture={avatarUrl} />
                <span className="rival-text">
                  <strong>{name}</strong>
                  <span className="dim">{title}</span>
                </span>
                <span className="rival-viewers figures dim">
                  <Eye size={14} aria-hidden="true" />
                  {viewers}
                </span>
                <Check size={18} aria-hidden="true" />
              </label>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
