/** The one text in which somebody asks for a decision to be lifted; kept until it is sent. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { rejectedText } from '../chat/composer-notes.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { useTranslation } from '../text/use-translation.ts'
import { Refusal } from '@odeon/sdk'

const appealLimits = { charsMin: 10, charsMax: 1_000 } as const

function draftKey(sanctionId: string): string {
  return `odeon.appeal:${sanctionId}`
}

interface AppealFormProps {
  sanctionId: string
  send: (text: string) => Promise<unknown>
  onSent: () => void
}

export function AppealForm({ sanctionId, send, onSent }: AppealFormProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey(sanctionId)) ?? '')
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  useEffect(() => {
    if (text === '') sessionStorage.removeItem(draftKey(sanctionId))
    else sessionStorage.setItem(draftKey(sanctionId), text)
  }, [sanctionId, text])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    if (text.trim().length < appealLimits.charsMin) {
      setWrong(t('appeal.empty'))
      field.current?.focus()
      return
    }
    setBusy(true)
    try {
      await send(text.trim())
      sessionStorage.removeItem(draftKey(sanctionId))
      onSent()
    } catch (error) {
      setWrong(error instanceof Refusal ? rejectedText(t, error) : errorText(t, error))
      setBusy(false)
    }
  }
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <div className="field">
        <label className="field-label" htmlFor={id}>
          {t('appeal.write')}
        </label>
        <div className="field-box" data-wrong={wrong ? true : undefined}>
          <textarea
            ref={field}
            id={id}
            className="field-input"
            rows={6}
            maxLength={appealLimits.charsMax}
            value={text}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              setText(event.target.value)
              setWrong(undefined)
            }}
          />
        </div>
        <p id={`${id}-hint`} className="field-hint">
          {t('appeal.writeHint')}
        </p>
        {wrong ? (
          <p className="field-wrong" role="alert">
            {wrong}
          </p>
        ) : null}
      </div>
      <div>
        <button type="submit" className="button button-primary" aria-disabled={isBusy || undefined}>
          {t('appeal.send')}
        </button>
      </div>
    </form>
  )
}
