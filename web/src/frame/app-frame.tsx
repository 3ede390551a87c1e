/** The house around every page: skip link, header, the page itself, on phones the bar of tabs. */
import { Link, Outlet, useMatches, useNavigate } from '@tanstack/react-router'
import { Radio } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { closeSignIn } from '../accounts/open-sign-in.ts'
import { useSuspension } from '../session/use-suspension.ts'
import { SearchBox } from '../search/search-box.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { AccountButtons } from './account-button.tsx'
import { Bell } from './bell.tsx'
import { Mark } from './mark.tsx'
import { TabBar } from './tab-bar.tsx'

export function AppFrame() {
  const { t } = useTranslation()
  useSuspended()
  const matches = useMatches()
  const isRoom = matches.some((match) => match.routeId === '/live/$streamId')
  useFocusOnPage(matches.at(-1)?.pathname)
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

/** What had the focus went with the page before: the new one has it. */
function useFocusOnPage(path: string | undefined): void {
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    if (document.activeElement === document.body) focusContent()
  }, [path])
}

const focusContent = () => document.getElementById('content')?.focus({ preventScroll: true })

/** Whatever page refuses a suspended person, they are told why and can appeal. */
function useSuspended(): void {
  const navigate = useNavigate()
  const id = useSuspension()?.decision.id
  useEffect(() => {
    if (id === undefined) return
    closeSignIn()
    void navigate({ to: '/suspended' }).then(focusContent)
  }, [id, navigate])
}
