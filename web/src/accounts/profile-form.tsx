/** Name and a few words, as others see them. */
import type { Me } from '@odeon/sdk'
import { useId, useState } from 'react'
import { FieldWrong, TextField } from '../frame/text-field.tsx'
import { odeon } from '../session/odeon.ts'
import { credentialLimits, type Wrong } from './credentials.ts'
import { FormFailed, SubmitButton } from './sign-in-forms.tsx'
import { useForm } from './use-form.ts'
import { useTranslation } from '../text/use-translation.ts'

export function ProfileForm({ me }: { me: Me }) {
  const { t } = useTranslation()
  const [name, setName] = useState(me.name)
  const [about, setAbout] = useState(me.about)
  const [isSaved, setSaved] = useState(false)
  const aboutId = useId()
  const form = useForm({
    check: () => {
      const wrong: Wrong = {}
      const to = credentialLimits.nameCharsMax
      const length = [...name.trim()].length
      if (length === 0 || length > to) wrong.name = t('auth.wrong.name', { from: 1, to })
      return wrong
    },
    send: async () => {
      await odeon.me.update({ name: name.trim(), about: about.trim() })
      // The token carries the name into rooms, so it is renewed with it.
      await odeon.auth.refresh()
      setSaved(true)
    },
  })
  return (
    <form className="form" noValidate onSubmit={form.onSubmit}>
      <FormFailed form={form} />
      <TextField
        label={t('settings.name')}
        hint={t('settings.nameHint')}
        name="name"
        autoComplete="nickname"
        value={name}
        wrong={form.wrong.name}
        onChange={(event) => {
          setName(event.target.value)
          setSaved(false)
          form.mend('name')
        }}
      />
      <div className="field">
        <label className="field-label" htmlFor={aboutId}>
          {t('settings.about')}
        </label>
        <div className="field-box">
          <textarea
            id={aboutId}
            className="field-input"
            name="about"
            maxLength={credentialLimits.aboutCharsMax}
            aria-describedby={`${aboutId}-hint`}
            value={about}
            onChange={(event) => {
              setAbout(event.target.value)
              setSaved(false)
            }}
          />
        </div>
        <p className="field-hint" id={`${aboutId}-hint`}>
          {t('settings.aboutHint')}
        </p>
        {form.wrong.about ? <FieldWrong id={`${aboutId}-wrong`} text={form.wrong.about} /> : null}
      </div>
      <SubmitButton form={form} text={isSaved ? t('settings.saved') : t('settings.save')} />
    </form>
  )
}
