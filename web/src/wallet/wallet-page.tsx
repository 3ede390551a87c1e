/** What one has, and everything that moved it, each line with its receipt. */
import { openSignIn } from '../accounts/open-sign-in.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { Holdings } from './holdings.tsx'
import { OwnDebt } from './own-debt.tsx'
import { Statement } from './statement.tsx'

export function WalletPage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(t('wallet.title'))
  if (isStarting) return null
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('wallet.title')} text={t('wallet.signInFirst')}>
        <button
          type="button"
          className="button button-primary"
          onClick={() => openSignIn('signIn')}
        >
          {t('header.signIn')}
        </button>
      </StatePage>
    )
  }
  return (
    <div className="page page-narrow wallet">
      <h1>{t('wallet.title')}</h1>
      <OwnDebt userId={me.id} />
      <Holdings key={me.id} userId={me.id} />
      <Statement key={`s${me.id}`} userId={me.id} />
    </div>
  )
}
