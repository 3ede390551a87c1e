/** Who a guest is here, and what they could be: another name, or an account. */
import { type FormEvent, useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { errorText, fieldErrors } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'

export function GuestNote({ name }: { name: string }) {
  const { t } = useTranslation()
  const [isNaming, setNaming] = useState(false)
  if (isNaming) return <GuestNaming name={name} onDone={() => setNaming(false)} />
  return (
    <p className="guest-note">
      <span>{t('chat.guestNote', { name })}</span>
      <button type="button" className="link-button" onClick={() => setNaming(true)}>
        {t('chat.guestRename')}
      </button>
      <button type="button" className="link-button" onClick={() => openSignIn('register')}>
        {t('chat.guestSignUp')}
      </button>
    </p>
  )
}

function GuestNaming({ name, onDone }: { name: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(name)
  const [wrong, setWrong] = useState<string>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      if (text.trim() !== name) {
        await odeon.me.update({ name: text.trim() })
        // The token carries the name into the room.
        await odeon.auth.refresh()
      }
      onDone()
    } catch (error) {
      setWrong(fieldErrors(t, error).name ?? errorText(t, error))
    }
  }

  return (
    <form className="guest-naming" onSubmit={(event) => void submit(event)}>
      {wrong ? (
        <p className="composer-refused" role="alert">
          {wrong}
        </p>
      ) : null}
      <div className="field-box" data-wrong={wrong ? true : undefined}>
        <input
          className="field-input"
          aria-label={t('auth.guestName')}
          autoComplete="nickname"
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onDone()
          }}
        />
        <button type="submit" className="button button-quiet">
          {t('settings.save')}
        </button>
      </div>
    </form>
  )
}
