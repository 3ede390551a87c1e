/** One thing that was found, or a word to search for again. */
import { History, LayoutGrid, Search } from 'lucide-react'
import { Chip } from '../frame/chip.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { SearchOption } from './search-options.ts'

interface SearchRowProps {
  id: string
  option: SearchOption
  isActive: boolean
  onChoose: () => void
}

export function SearchRow({ id, option, isActive, onChoose }: SearchRowProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      id={id}
      role="option"
      aria-selected={isActive}
      className="search-row"
      // The field keeps the focus: it would close the list by losing it.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <RowContent option={option} />
    </button>
  )
}

function RowContent({ option }: { option: SearchOption }) {
  const { t } = useTranslation()
  if (option.kind === 'recent' || option.kind === 'all') {
    const Icon = option.kind === 'recent' ? History : Search
    return (
      <>
        <span className="search-face">
          <Icon size={18} aria-hidden="true" />
        </span>
        <span className="search-name">
          {option.kind === 'recent' ? option.text : t('search.all', { text: option.text })}
        </span>
      </>
    )
  }
  if (option.kind === 'category') {
    return (
      <>
        <span className="search-face">
          <LayoutGrid size={18} aria-hidden="true" />
        </span>
        <span className="search-name">
          <strong>{t(`categories.${option.category}`)}</strong>
          <small>{t('search.category')}</small>
        </span>
      </>
    )
  }
  if (option.kind === 'stream') {
    const { title, channel, category } = option.stream
    return (
      <>
        <Avatar id={channel.handle} name={channel.name} size={36} picture={channel.avatarUrl} />
        <span className="search-name">
          <strong>{title}</strong>
          <small>{channel.name}</small>
        </span>
        <Chip category={category} />
        <span className="live-badge">{t('home.live')}</span>
      </>
    )
  }
  const { handle, name, avatarUrl, liveStreamId, followers } = option.channel
  return (
    <>
      <Avatar id={handle} name={name} size={36} picture={avatarUrl} />
      <span className="search-name">
        <strong>{name}</strong>
        <small>
          @{handle} · {t('channel.followers', { count: followers })}
        </small>
      </span>
      {liveStreamId ? <span className="live-badge">{t('home.live')}</span> : null}
    </>
  )
}
