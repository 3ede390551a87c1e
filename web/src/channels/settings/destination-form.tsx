/** One more site to send to: which, where, and the key that it gave. */
import { type FormEvent, useState } from 'react'
import { errorText, fieldErrors } from '../../frame/refusal-text.ts'
import { TextField } from '../../frame/text-field.tsx'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { useBroadcastWork } from './use-broadcast.ts'

/** What the sites say of themselves; their names are the same in every language. */
const presets = [
  { name: 'YouTube', address: 'rtmps://a.rtmps.youtube.com/live2' },
  { name: 'Twitch', address: 'rtmps://live.twitch.tv/app' },
  { name: 'Facebook', address: 'rtmps://live-api-s.facebook.com:443/rtmp' },
] as const

const empty = { name: '', address: '', key: '' }

export function DestinationForm({ handle }: { handle: string }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(empty)
  const work = useBroadcastWork<unknown>(handle)
  const wrong = fieldErrors(t, work.error)
  const isFull = Object.values(draft).every((text) => text.trim() !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isFull || work.isPending) return
    const destination = { ...draft, address: draft.address.trim(), key: draft.key.trim() }
    work.mutate(() => odeon.channels.outputs.add(handle, destination), {
      onSuccess: () => setDraft(empty),
    })
  }
  return (
    <form className="form broadcast-form" noValidate onSubmit={submit}>
      <h3>{t('broadcast.addTitle')}</h3>
      <div className="picture-buttons">
        {presets.map((preset) => (
          <button
            key={preset.name}
            type="button"
            className="button button-plain"
            onClick={() => setDraft({ ...draft, ...preset })}
          >
            {preset.name}
          </button>
        ))}
      </div>
      <TextField
        label={t('broadcast.name')}
        maxLength={40}
        autoComplete="off"
        value={draft.name}
        {...(wrong['name'] !== undefined && { wrong: wrong['name'] })}
        onChange={(event) => setDraft({ ...draft, name: event.target.value })}
      />
      <TextField
        label={t('broadcast.address')}
        hint={t('broadcast.addressHint')}
        type="url"
        inputMode="url"
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
        placeholder="rtmps://"
        value={draft.address}
        onChange={(event) => setDraft({ ...draft, address: event.target.value })}
      />
      <TextField
        label={t('broadcast.key')}
        hint={t('broadcast.keyHint')}
        type="password"
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
        value={draft.key}
        {...(wrong['key'] !== undefined && { wrong: wrong['key'] })}
        onChange={(event) => setDraft({ ...draft, key: event.target.value })}
      />
      <button
        type="submit"
        className="button button-primary owner-add"
        disabled={!isFull || work.isPending}
      >
        {t('broadcast.add')}
      </button>
      {work.error ? (
        <p className="notice notice-bad" role="alert">
          {errorText(t, work.error)}
        </p>
      ) : null}
    </form>
  )
}
