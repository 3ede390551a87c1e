/** The house desk around its sections: who may enter, where one is, why something stays shut. */
import { Link, type LinkProps } from '@tanstack/react-router'
import type { Me } from '@odeon/sdk'
import type { ReactNode } from 'react'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { AccountDoors } from '../live/go-live-page.tsx'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'

type Section = 'overview' | 'queue' | 'appeals' | 'users' | 'rooms' | 'audit'

const sections: readonly [Section, LinkProps['to'], 'staff' | 'admin'][] = [
  ['overview', '/admin', 'admin'],
  ['queue', '/admin/queue', 'staff'],
  ['appeals', '/admin/appeals', 'staff'],
  ['users', '/admin/users', 'admin'],
  ['rooms', '/admin/rooms', 'admin'],
  ['audit', '/admin/audit', 'admin'],
]

interface AdminFrameProps {
  section: Section
  children: (me: Me) => ReactNode
}

export function AdminFrame({ section, children }: AdminFrameProps) {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(`${t(`house.${section}`)} · ${t('house.title')}`)
  if (isStarting) return null
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('house.signInTitle')} text={t('house.signInText')}>
        <AccountDoors />
      </StatePage>
    )
  }
  const isAdmin = me.platformRole === 'admin'
  if (me.platformRole === 'user') {
    return (
      <StatePage title={t('house.noTitle')} text={t('house.noText')}>
        <Link to="/" className="button button-primary">
          {t('error.home')}
        </Link>
      </StatePage>
    )
  }
  const needs = sections.find(([name]) => name === section)?.[2]
  return (
    <div className="admin">
      <nav className="admin-nav" aria-label={t('house.sections')}>
        {sections
          .filter(([, , who]) => isAdmin || who === 'staff')
          .map(([name, to]) => (
            <Link
              key={name}
              to={to}
              className="admin-link"
              activeOptions={{ exact: true, includeSearch: false }}
            >
              {t(`house.${name}`)}
            </Link>
          ))}
      </nav>
      <div className="admin-body">
        <h1>{t(`house.${section}`)}</h1>
        {needs === 'admin' && !isAdmin ? (
          <p className="notice notice-warn">{t('house.adminsText')}</p>
        ) : (
          children(me)
        )}
      </div>
    </div>
  )
}
