/** Lists that other channels have published, found by a word, followed as a mark or a ban. */
import type { BanList, ListMode } from '@odeon/sdk'
import { type FormEvent, useState } from 'react'
import { TextField } from '../../frame/text-field.tsx'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { ListHead } from './list-head.tsx'
import { Lists } from './lists.tsx'
import { listErrorText, useListWork } from './use-lists.ts'

export function FindLists({ handle }: { handle: string }) {
  const { t } = useTranslation()
  const [word, setWord] = useState('')
  const [query, setQuery] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setQuery(word.trim())
  }
  return (
    <section className="panel" aria-labelledby="find-lists">
      <h2 id="find-lists">{t('lists.find')}</h2>
      <form role="search" className="owner-grant lists-find" onSubmit={submit}>
        <TextField
          label={t('lists.findWord')}
          type="search"
          autoComplete="off"
          maxLength={60}
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
        <button type="submit" className="button button-plain">
          {t('lists.findDo')}
        </button>
      </form>
      <Lists
        handle={handle}
        of="published"
        query={query}
        none={t(query ? 'lists.findNone' : 'lists.findEmpty')}
        isShown={(list) => list.mode === null}
      >
        {(list) => <FoundList key={list.id} handle={handle} list={list} />}
      </Lists>
    </section>
  )
}

function FoundList({ handle, list }: { handle: string; list: BanList }) {
  const { t } = useTranslation()
  const work = useListWork(handle)
  const { id, name } = list
  const follow = (mode: ListMode) =>
    work.mutate(() => odeon.channels.banLists.follow(handle, id, mode))
  return (
    <li className="list">
      <ListHead list={list}>
        <button
          type="button"
          className="button button-plain"
          aria-label={t('lists.asMarkOf', { name })}
          onClick={() => follow('mark')}
        >
          {t('lists.asMark')}
        </button>
        <button
          type="button"
          className="button button-plain"
          aria-label={t('lists.asBanOf', { name })}
          onClick={() => follow('ban')}
        >
          {t('lists.asBan')}
        </button>
      </ListHead>
      {work.error ? (
        <p className="notice notice-bad" role="alert">
          {listErrorText(t, work.error, 'follows')}
        </p>
      ) : null}
    </li>
  )
}
