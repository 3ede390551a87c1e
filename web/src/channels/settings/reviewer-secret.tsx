/** The secret of a reviewer: shown once after it was made, afterwards only replaced. */
import { useTranslation } from '../../text/use-translation.ts'
import { AskButton } from '../../frame/ask-button.tsx'
import { ShownOnce } from './shown-once.tsx'

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
        <ShownOnce secret={secret} onForget={onForget}>
          <strong>{t('reviewer.secretTitle')}</strong> {t('reviewer.secretOnce')}
        </ShownOnce>
      )}
    </section>
  )
}
