/** People as rows: role and standing, each changed after saying why, each change in the log. */
import { Link } from '@tanstack/react-router'
import type { AdminUser, Me } from '@odeon/sdk'
import { useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { dateOf } from '../frame/when.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { SuspendDialog } from './suspend-dialog.tsx'

interface UserTableProps {
  users: readonly AdminUser[]
  me: Me
  onChanged: (name: string) => void
}

const heads = ['name', 'email', 'joined', 'role', 'state', 'act'] as const

export function UserTable({ users, me, onChanged }: UserTableProps) {
  const { t } = useTranslation()
  return (
    <div className="table-box wide-table" tabIndex={0} role="region" aria-label={t('house.users')}>
      <table className="table figures">
        <thead>
          <tr>
            {heads.map((name) => (
              <th key={name} scope="col">
                {t(`people.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserRow key={user.id} user={user} isMe={user.id === me.id} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface UserRowProps {
  user: AdminUser
  isMe: boolean
  onChanged: (name: string) => void
}

function UserRow({ user, isMe, onChanged }: UserRowProps) {
  const { t, i18n } = useTranslation()
  return (
    <tr>
      <th scope="row">
        {user.username ? (
          <Link to="/channel/$handle" params={{ handle: user.username }} className="link">
            {user.name}
          </Link>
        ) : (
          user.name
        )}
        <span className="dim">{user.username ? ` @${user.username}` : ''}</span>
        {isMe ? <span className="chip">{t('people.you')}</span> : null}
      </th>
      <td>
        {user.email}
        {user.email ? (
          <span className="dim">
            {` ${user.emailVerified ? t('people.verified') : t('people.unverified')}`}
          </span>
        ) : null}
      </td>
      <td className="nowrap">{dateOf(user.joinedAt, i18n.language)}</td>
      <UserActs user={user} isMe={isMe} onChanged={onChanged} />
    </tr>
  )
}

const roles = ['user', 'moderator', 'admin'] as const

function UserActs({ user, isMe, onChanged }: UserRowProps) {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const change = async (to: Parameters<typeof odeon.admin.change>[1]) => {
    if (isBusy) return
    setBusy(true)
    setWrong(undefined)
    try {
      await odeon.admin.change(user.id, to)
      onChanged(user.name)
    } catch (error) {
      setWrong(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <td>
        <select
          className="select"
          aria-label={t('people.roleFor', { name: user.name })}
          value={user.platformRole}
          disabled={isMe || isBusy || user.kind === 'guest'}
          onChange={(event) =>
            void change({ platformRole: event.target.value as Me['platformRole'] })
          }
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {t(`people.roles.${role}`)}
            </option>
          ))}
        </select>
        {wrong ? (
          <p className="field-wrong" role="alert">
            {wrong}
          </p>
        ) : null}
      </td>
      <td>
        <span className={user.suspended ? 'state-bad' : 'state-good'}>
          {user.suspended ? t('people.suspended') : t('people.active')}
        </span>
        {user.sanctions > 0 ? (
          <span className="dim"> {t('people.sanctions', { count: user.sanctions })}</span>
        ) : null}
      </td>
      <td className="nowrap">
        {isMe ? null : (
          <button
            type="button"
            className="button button-plain button-small"
            aria-disabled={isBusy || undefined}
            onClick={() => (user.suspended ? void change({ suspended: false }) : setAsking(true))}
          >
            {user.suspended ? t('people.restore') : t('people.suspend')}
          </button>
        )}{' '}
        <Link to="/admin/audit" search={{ target: user.id }} className="link">
          {t('people.record')}
        </Link>
        {isAsking ? (
          <SuspendDialog
            name={user.name}
            onClose={() => setAsking(false)}
            onDone={(reason) => void change({ suspended: true, ...(reason ? { reason } : {}) })}
          />
        ) : null}
      </td>
    </>
  )
}
