/** A title, and the room is yours: creates the stream and enters it as its host. */
import { useNavigate } from '@tanstack/react-router'
import { liveLimits } from '@odeon/rooms/protocol'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openSignIn } from '../account/sign-in-dialog.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { TextField } from '../frame/text-field.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'

export function GoLivePage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(t('goLive.title'))
  if (isStarting) return null
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('goLive.accountTitle')} text={t('goLive.accountText')}>
        <button
          type="button"
          className="button button-primary"
          onClick={() => openSignIn('register')}
        >
          {t('header.signUp')}
        </button>
        <button type="button" className="button button-plain" onClick={() => openSignIn('signIn')}>
          {t('header.signIn')}
        </button>
      </StatePage>
    )
  }
  return (
    <div className="page page-narrow">
      <h1>{t('goLive.heading')}</h1>
      <p className="dim page-lead">{t('goLive.text')}</p>
      <GoLiveForm />
    </div>
  )
}

function GoLiveForm() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [category, setCategory] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const name = title.trim()
    const length = [...name].length
    if (length === 0) return setWrong(t('goLive.empty'))
    if (length > liveLimits.titleCharsMax)
      return setWrong(t('goLive.tooLong', { count: liveLimits.titleCharsMax }))
    if (isBusy) return
    setBusy(true)
    try {
      const kind = category.trim().toLocaleLowerCase()
      const stream = await odeon.streams.create({
        title: name,
        ...(kind ? { category: kind } : {}),
      })
      await navigate({ to: '/live/$streamId', params: { streamId: stream.id } })
    } catch (error) {
      setWrong(errorText(t, error))
      setBusy(false)
    }
  }

  return (
    <form className="panel form" noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('goLive.field')}
        name="title"
        autoComplete="off"
        placeholder={t('goLive.placeholder')}
        value={title}
        wrong={wrong}
        onChange={(event) => {
          setTitle(event.target.value)
          setWrong(undefined)
        }}
      />
      <TextField
        label={t('goLive.category')}
        hint={t('goLive.categoryHint')}
        name="category"
        autoComplete="off"
        value={category}
        maxLength={32}
        onChange={(event) => setCategory(event.target.value)}
      />
      <button
        type="submit"
        className="button button-live button-wide"
        aria-disabled={isBusy || undefined}
      >
        {t('goLive.open')}
      </button>
    </form>
  )
}
