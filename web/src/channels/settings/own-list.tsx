/** A list of one's own: what it does here, who is on it, published or not. */
import type { BanList } from '@odeon/sdk'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Switch } from 'react-aria-components'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { AskButton } from '../../frame/ask-button.tsx'
import { ListEntries } from './list-entries.tsx'
import { ListForm } from './list-form.tsx'
import { ListHead } from './list-head.tsx'
import { ListMode } from './list-mode.tsx'
import { listErrorText, useListWork } from './use-lists.ts'

interface OwnListProps {
  handle: string
  list: BanList
}

export function OwnList({ handle, list }: OwnListProps) {
  const { t } = useTranslation()
  const [isEdited, setEdited] = useState(false)
  const work = useListWork(handle)
  const { id, name } = list
  const { banLists } = odeon.channels
  return (
    <li className="list">
      {isEdited ? (
        <ListForm handle={handle} list={list} onDone={() => setEdited(false)} />
      ) : (
        <ListHead list={list} isOwn>
          <button
            type="button"
            className="button button-quiet button-icon"
            aria-label={t('lists.editList', { name })}
            onClick={() => setEdited(true)}
          >
            <Pencil size={17} aria-hidden="true" />
          </button>
          <AskButton
            className="button button-quiet button-icon"
            label={t('lists.removeList', { name })}
            title={t('lists.removeTitle', { name })}
            text={t('lists.removeText')}
            act={t('lists.remove')}
            onAct={() => work.mutate(() => banLists.remove(handle, id))}
          >
            <Trash2 size={17} aria-hidden="true" />
          </AskButton>
        </ListHead>
      )}
      <Published {...{ list, set: (is) => work.mutate(() => publish(handle, id, is)) }} />
      {work.error ? (
        <p className="notice notice-bad" role="alert">
          {listErrorText(t, work.error, 'lists')}
        </p>
      ) : null}
      <ListMode handle={handle} list={list} mayBeOff />
      <ListEntries handle={handle} list={list} isOwn />
    </li>
  )
}

function publish(handle: string, id: string, isPublished: boolean): Promise<void> {
  return odeon.channels.banLists.change(handle, id, { isPublished })
}

/** Ending it reaches others, so that asks first. */
function Published({ list, set }: { list: BanList; set: (isPublished: boolean) => void }) {
  const { t } = useTranslation()
  const { name, isPublished } = list
  if (isPublished) {
    return (
      <AskButton
        className="button button-plain list-unpublish"
        title={t('lists.hideTitle', { name })}
        text={t('lists.hideText')}
        act={t('lists.hideDo')}
        onAct={() => set(false)}
      >
        {t('lists.hideDo')}
      </AskButton>
    )
  }
  return (
    <Switch className="mode-toggle" isSelected={false} onChange={set}>
      {t('lists.publish')}
      <span className="switch" aria-hidden="true" />
    </Switch>
  )
}
