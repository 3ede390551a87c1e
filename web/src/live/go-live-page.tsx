/** A title, and the room is yours: creates the stream and enters it as its host. */
import type { Category, Me } from '@odeon/sdk'
import { useNavigate } from '@tanstack/react-router'
import { liveLimits } from '@odeon/rooms/protocol'
import { type FormEvent, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { categories } from '../frame/chip.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { TextField } from '../frame/text-field.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { Stage } from '../stage/stage.tsx'
import { Playbill } from './stage-playbill.tsx'
import { useTranslation } from '../text/use-translation.ts'

export function GoLivePage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(t('header.goLive'))
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
    <div className="page">
      <h1>{t('goLive.heading')}</h1>
      <p className="dim page-lead">{t('goLive.text')}</p>
      <GoLiveForm me={me} />
    </div>
  )
}

function GoLiveForm({ me }: { me: Me }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [category, setCategory] = useState<Category | ''>('')
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
      const stream = await odeon.streams.create({
        title: name,
        ...(category ? { category } : {}),
      })
      await navigate({ to: '/live/$streamId', params: { streamId: stream.id } })
    } catch (error) {
      setWrong(errorText(t, error))
      setBusy(false)
    }
  }

  return (
    <div className="go-live">
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
        <div className="field">
          <span className="field-label" id="category">
            {t('goLive.category')}
          </span>
          <RadioGroup
            aria-labelledby="category"
            className="chips"
            orientation="horizontal"
            value={category}
            onChange={(value) => setCategory(value as Category | '')}
          >
            <Radio value="" className="choice">
              {t('goLive.noCategory')}
            </Radio>
            {categories.map((name) => (
              <Radio key={name} value={name} className="choice">
                {t(`categories.${name}`)}
              </Radio>
            ))}
          </RadioGroup>
        </div>
        <button
          type="submit"
          className="button button-live button-wide"
          aria-disabled={isBusy || undefined}
        >
          {t('goLive.open')}
        </button>
      </form>
      <div className="go-live-preview" aria-hidden="true">
        <Stage channelId={me.id} hostName={me.name} phase="pending" viewers={0}>
          <Playbill
            title={title.trim() || t('goLive.placeholder')}
            by={me.name}
            note={t('live.pending')}
          />
        </Stage>
      </div>
    </div>
  )
}
