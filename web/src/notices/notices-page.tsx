/** Everything one was told, as far back as it is kept. */
import { openSignIn } from '../accounts/open-sign-in.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { MarkAll } from './mark-all.tsx'
import { NoticeList } from './notice-list.tsx'

export function NoticesPage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(t('notices.title'))
  if (isStarting) return null
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('notices.title')} text={t('notices.signInFirst')}>
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
    <div className="page page-narrow notices-page">
      <div className="bell-head">
        <h1>{t('notices.title')}</h1>
        <MarkAll />
      </div>
      <NoticeList />
    </div>
  )
}
