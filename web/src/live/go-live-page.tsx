/** A title, and the room is yours: creates the stream and enters it as its host. */
import type { StreamMedium } from '@odeon/rooms/protocol'
import type { Me, Stream } from '@odeon/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { Hall } from '../floor/hall.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { Stage } from '../stage/stage.tsx'
import { StreamFields, useStreamFacts, wrongTitle } from '../studio/stream-fields.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { MediumChoice } from './medium-choice.tsx'
import { Playbill } from './stage-playbill.tsx'

export function GoLivePage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  useTitle(t('header.goLive'))
  if (isStarting) return null
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('goLive.accountTitle')} text={t('goLive.accountText')}>
        <AccountDoors />
      </StatePage>
    )
  }
  return (
    <div className="page">
      <h1>{t('goLive.heading')}</h1>
      <p className="dim page-lead">{t('goLive.text')}</p>
      <GoLiveForm
        me={me}
        hasChoice
        onOpened={async ({ id, medium }) => {
          if (medium === 'audio')
            return await navigate({ to: '/live/$streamId', params: { streamId: id } })
          // Pictures are set up and started at the desk.
          await queries.invalidateQueries({ queryKey: ['studio'] })
          await navigate({ to: '/studio' })
        }}
      />
    </div>
  )
}

export function AccountDoors() {
  const { t } = useTranslation()
  return (
    <>
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
    </>
  )
}

interface GoLiveFormProps {
  me: Me
  /** Rooms of voices, too. */
  hasChoice?: boolean
  onOpened: (stream: Stream) => unknown
}

export function GoLiveForm({ me, hasChoice = false, onOpened }: GoLiveFormProps) {
  const { t } = useTranslation()
  const [medium, setMedium] = useState<StreamMedium>('video')
  const { facts, edit } = useStreamFacts({ title: '', category: '' })
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const unfit = wrongTitle(t, facts.title)
    if (unfit) return setWrong(unfit)
    if (isBusy) return
    setBusy(true)
    try {
      const stream = await odeon.streams.create({
        title: facts.title.trim(),
        medium,
        ...(facts.category ? { category: facts.category } : {}),
      })
      await onOpened(stream)
    } catch (error) {
      setWrong(errorText(t, error))
      setBusy(false)
    }
  }

  return (
    <div className="go-live">
      <form className="panel form" noValidate onSubmit={(event) => void submit(event)}>
        {hasChoice ? <MediumChoice medium={medium} onChoose={setMedium} /> : null}
        <StreamFields
          facts={facts}
          wrong={wrong}
          onEdit={(change) => {
            edit(change)
            setWrong(undefined)
          }}
        />
        <button
          type="submit"
          className="button button-live button-wide"
          aria-disabled={isBusy || undefined}
        >
          {t('goLive.open')}
        </button>
      </form>
      <div className="go-live-preview" aria-hidden="true">
        <Preview me={me} medium={medium} title={facts.title.trim()} />
      </div>
    </div>
  )
}

function Preview({ me, medium, title }: { me: Me; medium: StreamMedium; title: string }) {
  const { t } = useTranslation()
  const handle = me.username ?? me.id
  const note = t(medium === 'audio' ? 'medium.pending' : 'live.pending')
  const playbill = <Playbill title={title || t('goLive.placeholder')} by={me.name} note={note} />
  if (medium === 'audio') {
    return (
      <Hall label={title} handle={handle} listeners={0} isLive>
        {playbill}
      </Hall>
    )
  }
  return (
    <Stage channelId={handle} hostName={me.name} phase="pending" viewers={0}>
      {playbill}
    </Stage>
  )
}
