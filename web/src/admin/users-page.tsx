/** People: found by name or address, given roles, suspended with a reason that the log keeps. */
import { useQueryClient } from '@tanstack/react-query'
import type { AdminUser, Me } from '@odeon/sdk'
import { type FormEvent, useEffect, useState } from 'react'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AdminFrame } from './admin-frame.tsx'
import { AdminRefused } from './admin-refused.tsx'
import type { Filters } from './address-filters.ts'
import { ChoiceFilter, useFilters } from './filters.tsx'
import { UserTable } from './user-table.tsx'
import { usePages } from './use-pages.ts'

const roles = ['user', 'moderator', 'admin'] as const
const typingMs = 250
const queryCharsMax = 100

export function UsersPage() {
  return <AdminFrame section="users">{(me) => <Users me={me} />}</AdminFrame>
}

function usersQuery({ q, role, suspended }: Filters) {
  const known = roles.find((name) => name === role)
  return {
    ...(q ? { query: q } : {}),
    ...(known ? { role: known } : {}),
    ...(suspended === 'true' ? { suspended: true } : {}),
  }
}

function Users({ me }: { me: Me }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [filters] = useFilters()
  const [said, setSaid] = useState<string>()
  const query = usersQuery(filters)
  const pages = usePages<AdminUser>({
    key: ['admin', 'users', query],
    read: async (before) => {
      const page = await odeon.admin.users({ ...query, ...(before ? { before } : {}) })
      return { items: page.users, more: page.more }
    },
  })
  const changed = (name: string) => {
    setSaid(t('people.changed', { name }))
    void queries.invalidateQueries({ queryKey: ['admin', 'users'] })
  }
  return (
    <>
      <UserFilters />
      <p className={said ? 'queue-said' : 'unseen'} role="status">
        {said}
      </p>
      {pages.error && !pages.items ? <AdminRefused error={pages.error} /> : null}
      {!pages.items && !pages.error ? <div className="skeleton queue-skeleton" /> : null}
      {pages.items?.length === 0 ? <p className="dim">{t('people.empty')}</p> : null}
      {pages.items && pages.items.length > 0 ? (
        <UserTable users={pages.items} me={me} onChanged={changed} />
      ) : null}
      {pages.hasNextPage ? (
        <button
          type="button"
          className="button button-plain"
          onClick={() => void pages.fetchNextPage()}
        >
          {t('house.more')}
        </button>
      ) : null}
    </>
  )
}

function UserFilters() {
  const { t } = useTranslation()
  const [filters, change] = useFilters()
  const known = filters.q ?? ''
  const [text, setText] = useState(known)
  const orNone = (value: string) => (value === '' ? undefined : value)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change({ q: orNone(text.trim()) })
  }
  useEffect(() => {
    if (text.trim() === known) return
    const timer = setTimeout(() => change({ q: orNone(text.trim()) }), typingMs)
    return () => clearTimeout(timer)
  })
  return (
    <form className="filters" role="search" onSubmit={submit}>
      <label className="filter-field filter-search">
        <span>{t('people.search')}</span>
        <input
          type="search"
          className="select"
          value={text}
          maxLength={queryCharsMax}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <ChoiceFilter
        label={t('people.role')}
        value={filters.role ?? ''}
        options={[
          ['', t('house.everything')],
          ...roles.map((name) => [name, t(`people.roles.${name}`)] as const),
        ]}
        onChoose={(role) => change({ role: orNone(role) })}
      />
      <ChoiceFilter
        label={t('people.state')}
        value={filters.suspended ?? ''}
        options={[
          ['', t('house.everything')],
          ['true', t('people.only')],
        ]}
        onChoose={(suspended) => change({ suspended: orNone(suspended) })}
      />
    </form>
  )
}
