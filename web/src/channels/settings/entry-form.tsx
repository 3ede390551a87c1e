/** Somebody more on a list: one of those who were muted or banned here, or found by name. */
import type { BanList } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { TextField } from '../../frame/text-field.tsx'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { PersonPicker, usePersonDraft } from './person-picker.tsx'
import { listErrorText, useListWork } from './use-lists.ts'

const reasonCharsMax = 200
const recentMax = 50
const none = { userId: '', reason: '', until: '' } as const

/** Who was muted or banned in this channel lately, each once. */
function useRecent(handle: string) {
  const { data } = useQuery({
    queryKey: ['sanctioned', handle],
    queryFn: () => odeon.channels.sanctions(handle, { limit: recentMax }),
  })
  const people = new Map(data?.sanctions.map(({ person }) => [person.id, person.name]))
  return [...people]
}

function useEntryDraft(handle: string, list: BanList) {
  const { t } = useTranslation()
  const work = useListWork(handle)
  const person = usePersonDraft(handle)
  const [draft, setDraft] = useState<Record<keyof typeof none, string>>(none)
  const [wrong, setWrong] = useState<string>()
  const put = (part: Partial<typeof draft>) => {
    setDraft((now) => ({ ...now, ...part }))
    setWrong(undefined)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (work.isPending) return
    const { userId, reason, until } = draft
    if (userId === '' && person.isEmpty) return setWrong(t('lists.needsPerson'))
    try {
      const who = userId || (await person.find())?.id
      if (who === undefined) return setWrong(t('owner.nobody'))
      await work.mutateAsync(async () => {
        await odeon.channels.banLists.add(handle, list.id, {
          userId: who,
          ...(reason.trim() && { reason: reason.trim() }),
          ...(until && { expiresAt: new Date(until).getTime() }),
        })
      })
      setDraft(none)
      person.forget()
    } catch (error) {
      setWrong(listErrorText(t, error, 'people'))
    }
  }
  return { draft, person, put, wrong, submit, isBusy: work.isPending }
}

export function EntryForm({ handle, list }: { handle: string; list: BanList }) {
  const { t } = useTranslation()
  const recent = useRecent(handle)
  const { draft, person, put, wrong, submit, isBusy } = useEntryDraft(handle, list)
  const { userId, reason, until } = draft
  return (
    <form className="form entry-form" noValidate onSubmit={(event) => void submit(event)}>
      <h4>{t('lists.add')}</h4>
      <div className="owner-choices">
        <Recent
          people={recent}
          userId={userId}
          onChoose={(id) => {
            person.forget()
            put({ userId: id })
          }}
        />
        {userId === '' ? (
          <PersonPicker
            handle={handle}
            draft={person}
            label={t('lists.username')}
            hint={t('lists.usernameHint')}
            onType={(text) => {
              person.type(text)
              put({})
            }}
          />
        ) : null}
      </div>
      <div className="owner-choices">
        <TextField
          label={t('lists.reason')}
          hint={t('lists.reasonHint')}
          autoComplete="off"
          maxLength={reasonCharsMax}
          value={reason}
          onChange={(event) => put({ reason: event.target.value })}
        />
        <TextField
          label={t('lists.until')}
          hint={t('lists.untilHint')}
          type="datetime-local"
          value={until}
          onChange={(event) => put({ until: event.target.value })}
        />
      </div>
      {wrong ? (
        <p className="field-wrong" role="alert">
          {wrong}
        </p>
      ) : null}
      <button
        type="submit"
        className="button button-plain owner-add"
        aria-disabled={isBusy || undefined}
      >
        {t('lists.put')}
      </button>
    </form>
  )
}

interface RecentProps {
  people: readonly (readonly [id: string, name: string])[]
  userId: string
  onChoose: (userId: string) => void
}

function Recent({ people, userId, onChoose }: RecentProps) {
  const { t } = useTranslation()
  const id = useId()
  if (people.length === 0) return null
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t('lists.who')}
      </label>
      <div className="field-box">
        <select
          id={id}
          className="field-input"
          value={userId}
          onChange={(event) => onChoose(event.target.value)}
        >
          <option value="">{t('lists.other')}</option>
          {people.map(([person, name]) => (
            <option key={person} value={person}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}
