/** Pictures, name, words, category, language, country and links. */
import type { Category, ChannelPage } from '@odeon/sdk'
import { type FormEvent, useId, useState } from 'react'
import { categories } from '../../frame/chip.tsx'
import { TextField } from '../../frame/text-field.tsx'
import { useTranslation } from '../../text/use-translation.ts'
import { LinkFields } from './link-fields.tsx'
import { PictureField } from './picture-field.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSave } from './use-change.ts'

const limits = { nameCharsMax: 60, aboutCharsMax: 2_000 } as const
const languageCodes = ['en', 'ne', 'hi', 'es', 'pt-BR', 'de', 'fr', 'ar', 'ja', 'id', 'zh'] as const
const countryCodes = [
  'NP',
  'IN',
  'US',
  'GB',
  'BR',
  'DE',
  'ES',
  'FR',
  'JP',
  'ID',
  'AU',
  'CA',
] as const

function draftOf({ name, about, category, language, country, links }: ChannelPage) {
  return { name, about, category, language, country, links }
}

export function ProfileTab({ channel }: { channel: ChannelPage }) {
  const { t, i18n } = useTranslation()
  const save = useSave(channel.handle)
  const [draft, setDraft] = useState(() => draftOf(channel))
  const aboutId = useId()
  const isDirty = JSON.stringify(draft) !== JSON.stringify(draftOf(channel))
  const change = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }))
  const languages = new Intl.DisplayNames([i18n.language, 'en'], { type: 'language' })
  const countries = new Intl.DisplayNames([i18n.language, 'en'], { type: 'region' })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isDirty || save.isPending) return
    // A line that was added and left empty is no link.
    const links = draft.links.filter(({ label, url }) => label.trim() !== '' || url.trim() !== '')
    save.mutate({ ...draft, links }, { onSuccess: (page) => setDraft(draftOf(page)) })
  }
  return (
    <>
      <PictureField channel={channel} of="avatar" />
      <PictureField channel={channel} of="banner" />
      <form className="panel form" noValidate onSubmit={submit}>
        <TextField
          label={t('settings.name')}
          maxLength={limits.nameCharsMax}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <div className="field">
          <label className="field-label" htmlFor={aboutId}>
            {t('settings.about')}
          </label>
          <div className="field-box">
            <textarea
              id={aboutId}
              className="field-input"
              rows={5}
              maxLength={limits.aboutCharsMax}
              value={draft.about}
              onChange={(event) => change({ about: event.target.value })}
            />
          </div>
        </div>
        <div className="owner-choices">
          <Choice
            label={t('goLive.category')}
            none={t('goLive.noCategory')}
            value={draft.category}
            options={categories.map((name) => [name, t(`categories.${name}`)])}
            onChoose={(category) => change({ category: category as Category | null })}
          />
          <Choice
            label={t('home.language')}
            none={t('owner.untold')}
            value={draft.language}
            options={languageCodes.map((code) => [code, languages.of(code) ?? code])}
            onChoose={(language) => change({ language })}
          />
          <Choice
            label={t('home.country')}
            none={t('owner.untold')}
            value={draft.country}
            options={countryCodes.map((code) => [code, countries.of(code) ?? code])}
            onChoose={(country) => change({ country })}
          />
        </div>
        <LinkFields links={draft.links} onChange={(links) => change({ links })} />
        <SaveBar
          isDirty={isDirty}
          isBusy={save.isPending}
          isSaved={save.isSuccess}
          failed={save.failed}
        />
      </form>
    </>
  )
}

interface ChoiceProps {
  label: string
  none: string
  value: string | null
  options: readonly (readonly [string, string])[]
  onChoose: (value: string | null) => void
}

/** A value that is not among the usual ones stays one of the options. */
function Choice({ label, none, value, options, onChoose }: ChoiceProps) {
  const id = useId()
  const isUsual = value === null || options.some(([code]) => code === value)
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-box">
        <select
          id={id}
          className="field-input"
          value={value ?? ''}
          onChange={(event) => onChoose(event.target.value || null)}
        >
          <option value="">{none}</option>
          {isUsual ? null : <option value={value}>{value}</option>}
          {options.map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}
