/** What a list is called and whether others may follow it: of a new one, or of one there is. */
import type { BanList } from '@odeon/sdk'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Switch } from 'react-aria-components'
import { TextField } from '../../frame/text-field.tsx'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { listErrorText, useListWork } from './use-lists.ts'

const limits = { nameCharsMax: 60, aboutCharsMax: 300 } as const

interface ListFormProps {
  handle: string
  /** Absent for a new one. */
  list?: BanList
  onDone?: () => void
}

export function ListForm({ handle, list, onDone }: ListFormProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(list !== undefined)
  const work = useListWork(handle)
  const [name, setName] = useState(list?.name ?? '')
  const [about, setAbout] = useState(list?.about ?? '')
  const [isPublished, setPublished] = useState(list?.isPublished ?? false)
  const [isUnnamed, setUnnamed] = useState(false)
  if (!isOpen) {
    return (
      <button type="button" className="button button-plain" onClick={() => setOpen(true)}>
        <Plus size={18} aria-hidden="true" />
        {t('lists.make')}
      </button>
    )
  }
  const close = () => {
    work.reset()
    if (onDone) return onDone()
    setOpen(false)
    setName('')
    setAbout('')
    setPublished(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (work.isPending) return
    if (name.trim() === '') return setUnnamed(true)
    const { banLists } = odeon.channels
    // Publishing has its own switch on a list there is, for ending it reaches others.
    const words = { name: name.trim(), about: about.trim() }
    work.mutate(
      () =>
        list
          ? banLists.change(handle, list.id, words)
          : banLists.make(handle, { ...words, isPublished }),
      { onSuccess: close },
    )
  }
  return (
    <form className="form lists-form" noValidate onSubmit={submit}>
      <TextField
        label={t('lists.name')}
        autoFocus
        autoComplete="off"
        maxLength={limits.nameCharsMax}
        value={name}
        wrong={isUnnamed ? t('lists.needsName') : undefined}
        onChange={(event) => {
          setName(event.target.value)
          setUnnamed(false)
        }}
      />
      <TextField
        label={t('lists.about')}
        hint={t('lists.aboutHint')}
        autoComplete="off"
        maxLength={limits.aboutCharsMax}
        value={about}
        onChange={(event) => setAbout(event.target.value)}
      />
      {list ? null : (
        <Switch className="mode-toggle" isSelected={isPublished} onChange={setPublished}>
          {t('lists.publish')}
          <span className="switch" aria-hidden="true" />
        </Switch>
      )}
      {work.error ? (
        <p className="notice notice-bad" role="alert">
          {listErrorText(t, work.error, 'lists')}
        </p>
      ) : null}
      <div className="picture-buttons">
        <button
          type="submit"
          className="button button-primary"
          aria-disabled={work.isPending || undefined}
        >
          {list ? t('lists.save') : t('lists.make')}
        </button>
        <button type="button" className="button button-quiet" onClick={close}>
          {t('app.cancel')}
        </button>
      </div>
    </form>
  )
}
