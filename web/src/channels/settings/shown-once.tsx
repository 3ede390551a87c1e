/** A secret that is shown this once: to be copied, and then taken note of. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from '../../text/use-translation.ts'

interface ShownOnceProps {
  secret: string
  children: ReactNode
  onForget: () => void
}

export function ShownOnce({ secret, children, onForget }: ShownOnceProps) {
  const { t } = useTranslation()
  const [said, setSaid] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setSaid(t('reviewer.copied')),
      () => setSaid(t('reviewer.copyFailed')),
    )
  return (
    <div className="reviewer-once">
      <p role="status">{children}</p>
      <code className="figures">{secret}</code>
      <div className="picture-buttons">
        <button type="button" className="button button-primary" onClick={() => void copy()}>
          {t('reviewer.copy')}
        </button>
        <button type="button" className="button button-plain" onClick={onForget}>
          {t('reviewer.copiedDo')}
        </button>
      </div>
      <p className="field-hint" role="status">
        {said}
      </p>
    </div>
  )
}
