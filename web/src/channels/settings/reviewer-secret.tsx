/** The secret of a reviewer: shown once after it was made, afterwards only replaced. */
import { useState } from 'react'
import { useTranslation } from '../../text/use-translation.ts'
import { AskButton } from './ask-button.tsx'

interface ReviewerSecretProps {
  /** Just made, and not yet taken note of. */
  secret: string | undefined
  hasOne: boolean
  onForget: () => void
  onRenew: () => void
}

export function ReviewerSecret({ secret, hasOne, onForget, onRenew }: ReviewerSecretProps) {
  const { t } = useTranslation()
  return (
    <section className="panel" aria-labelledby="reviewer-secret">
      <h2 id="reviewer-secret">{t('reviewer.secret')}</h2>
      <p className="dim owner-lead">{t('reviewer.secretText')}</p>
      {secret === undefined ? (
        <>
          <p className="owner-lead">{t(hasOne ? 'reviewer.secretKept' : 'reviewer.secretFirst')}</p>
          {hasOne ? (
            <AskButton
              className="button button-plain"
              title={t('reviewer.secretNewTitle')}
              text={t('reviewer.secretNewText')}
              act={t('reviewer.secretNew')}
              onAct={onRenew}
            >
              {t('reviewer.secretNew')}
            </AskButton>
          ) : null}
        </>
      ) : (
        <Once secret={secret} onForget={onForget} />
      )}
    </section>
  )
}

function Once({ secret, onForget }: { secret: string; onForget: () => void }) {
  const { t } = useTranslation()
  const [said, setSaid] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setSaid(t('reviewer.copied')),
      () => setSaid(t('reviewer.copyFailed')),
    )
  return (
    <div className="reviewer-once">
      <p role="status">
        <strong>{t('reviewer.secretTitle')}</strong> {t('reviewer.secretOnce')}
      </p>
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
