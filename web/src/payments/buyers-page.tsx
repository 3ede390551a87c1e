/** Pages for people with an account; others are asked to sign in. */
import type { ReactNode } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import './payments.css'

interface BuyersPageProps {
  title: string
  children: (userId: string) => ReactNode
}

export function BuyersPage({ title, children }: BuyersPageProps) {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(title)
  if (isStarting) return null
  if (me?.kind === 'account') return children(me.id)
  return (
    <StatePage title={title} text={t('coins.signInFirst')}>
      <button type="button" className="button button-primary" onClick={() => openSignIn('signIn')}>
        {t('header.signIn')}
      </button>
    </StatePage>
  )
}
