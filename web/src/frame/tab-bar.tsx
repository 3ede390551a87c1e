/** On phones: the places of the house, in thumb's reach. Rooms have their own controls there. */
import { Link } from '@tanstack/react-router'
import { CircleUser, House, Radio, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { useSession } from '../session/use-session.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'

export function TabBar() {
  const { t } = useTranslation()
  return (
    <nav className="tab-bar" aria-label={t('tabs.label')}>
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }} className="tab">
        <House size={22} aria-hidden="true" />
        <span>{t('tabs.home')}</span>
      </Link>
      <Link
        to="/search"
        search={{ q: '' }}
        activeOptions={{ includeSearch: false }}
        className="tab"
      >
        <Search size={22} aria-hidden="true" />
        <span>{t('tabs.search')}</span>
      </Link>
      <Link to="/go-live" className="tab tab-live">
        <span className="tab-live-disc">
          <Radio size={22} aria-hidden="true" />
        </span>
        <span>{t('tabs.goLive')}</span>
      </Link>
      <YouTab />
    </nav>
  )
}

function YouTab() {
  const { t } = useTranslation()
  const { me } = useSession()
  const text = <span>{t('tabs.you')}</span>
  const face: ReactNode = me ? (
    <Avatar id={me.username ?? me.id} name={me.name} size={24} />
  ) : (
    <CircleUser size={22} aria-hidden="true" />
  )
  if (me?.username) {
    return (
      <Link to="/channel/$handle" params={{ handle: me.username }} className="tab">
        {face}
        {text}
      </Link>
    )
  }
  if (me) {
    return (
      <Link to="/settings" className="tab">
        {face}
        {text}
      </Link>
    )
  }
  return (
    <button type="button" className="tab" onClick={() => openSignIn('signIn')}>
      {face}
      {text}
    </button>
  )
}
