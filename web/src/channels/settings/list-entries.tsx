/** Who is on a list: read when it is opened; the owner of the list adds and takes off. */
import type { BanList, BanListEntry } from '@odeon/sdk'
import { ChevronDown, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { dateOf } from '../../frame/when.ts'
import { odeon } from '../../session/odeon.ts'
import { Avatar } from '../../stage/avatar.tsx'
import { useTranslation } from '../../text/use-translation.ts'
import { AskButton } from '../../frame/ask-button.tsx'
import { EntryForm } from './entry-form.tsx'
import { listErrorText, useEntries, useListWork } from './use-lists.ts'

interface ListEntriesProps {
  handle: string
  list: BanList
  isOwn?: boolean
}

export function ListEntries(props: ListEntriesProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const { name } = props.list
  return (
    <>
      <button
        type="button"
        className="button button-quiet list-fold"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t(isOpen ? 'lists.hideOf' : 'lists.showOf', { name })}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronDown size={17} aria-hidden="true" />
        {isOpen ? t('lists.hide') : t('lists.show')}
      </button>
      <div id={id} className="list-people" hidden={!isOpen}>
        {isOpen ? <Entries {...props} /> : null}
      </div>
    </>
  )
}

function Entries({ handle, list, isOwn = false }: ListEntriesProps) {
  const { t } = useTranslation()
  const read = useEntries(handle, list)
  const work = useListWork(handle)
  const entries = read.data?.pages.flatMap((page) => page.entries)
  const failed = read.error ?? work.error
  return (
    <>
      {failed ? (
        <p className="notice notice-bad" role="alert">
          {listErrorText(t, failed, 'people')}
        </p>
      ) : null}
      {!entries && !read.isError ? (
        <div className="skeleton lists-skeleton" aria-busy="true" />
      ) : null}
      {entries?.length === 0 ? <p className="dim">{t('lists.noPeople')}</p> : null}
      <ul aria-label={t('lists.peopleOf', { name: list.name })}>
        {entries?.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            onTakeOff={
              isOwn
                ? () => work.mutate(() => odeon.channels.banLists.revoke(handle, list.id, entry.id))
                : undefined
            }
          />
        ))}
      </ul>
      {read.hasNextPage ? (
        <button
          type="button"
          className="button button-plain"
          aria-disabled={read.isFetchingNextPage || undefined}
          onClick={() => void read.fetchNextPage()}
        >
          {t('lists.more')}
        </button>
      ) : null}
      {isOwn ? <EntryForm handle={handle} list={list} /> : null}
    </>
  )
}

interface EntryProps {
  entry: BanListEntry
  onTakeOff: (() => void) | undefined
}

function Entry({ entry: { person, reason, expiresAt }, onTakeOff }: EntryProps) {
  const { t, i18n } = useTranslation()
  const { id, name, username } = person
  const until = expiresAt
    ? t('lists.ends', { time: dateOf(expiresAt, i18n.language) })
    : t('lists.forever')
  return (
    <li className="list-person">
      <Avatar id={username ?? id} name={name} size={36} />
      <div>
        <p>
          {name} {username ? <span className="dim">@{username}</span> : null}
        </p>
        <p className="field-hint figures">
          {reason ?? t('lists.noReason')} · {until}
        </p>
      </div>
      {onTakeOff ? (
        <AskButton
          className="button button-quiet button-icon"
          label={t('lists.takeOff', { name })}
          title={t('lists.takeOffTitle', { name })}
          text={t('lists.takeOffText')}
          act={t('lists.takeOffDo')}
          onAct={onTakeOff}
        >
          <Trash2 size={17} aria-hidden="true" />
        </AskButton>
      ) : null}
    </li>
  )
}
