/** The house around every page: skip link, header, the page itself, on phones the bar of tabs. */
import { Link, Outlet, useMatches } from '@tanstack/react-router'
import { Radio } from 'lucide-react'
import { SearchBox } from '../search/search-box.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { AccountButtons } from './account-button.tsx'
import { Bell } from './bell.tsx'
import { Mark } from './mark.tsx'
import { TabBar } from './tab-bar.tsx'

export function AppFrame() {
  const { t } = useTranslation()
  const isRoom = useMatches().some((match) => match.routeId === '/live/$streamId')
  return (
    <div className="frame" data-room={isRoom || undefined}>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="header" aria-label={t('header.label')}>
        <Link to="/" className="header-home" aria-label={t('app.home')}>
          <Mark size={30} />
          <span className="wordmark" aria-hidden="true">
            Odeon
          </span>
        </Link>
        <SearchBox />
        <nav className="header-actions" aria-label={t('header.label')}>
          <Link
            to="/go-live"
            className="button button-quiet header-live"
            aria-label={t('header.goLive')}
          >
            <Radio size={18} aria-hidden="true" />
            <span>{t('header.goLive')}</span>
          </Link>
          <Bell />
          <AccountButtons />
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      {isRoom ? null : <TabBar />}
    </div>
  )
}
