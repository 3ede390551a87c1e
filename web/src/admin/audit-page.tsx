/** The audit log: every action of moderators, administrators and the house. It is only read. */
import { Link } from '@tanstack/react-router'
import type { ActionRecord } from '@odeon/sdk'
import { dateOf } from '../frame/when.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AdminFrame } from './admin-frame.tsx'
import { AdminRefused } from './admin-refused.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { auditQuery, useKindText } from './audit-kinds.ts'
import { useFilters } from './filters.tsx'
import { usePages } from './use-pages.ts'
import { reasonText } from '../moderation/reason-text.ts'

const refetchMs = 20_000

export function AuditPage() {
  return <AdminFrame section="audit">{() => <Audit />}</AdminFrame>
}

function Audit() {
  const { t } = useTranslation()
  const [filters] = useFilters()
  const query = auditQuery(filters)
  const pages = usePages<ActionRecord>({
    key: ['audit', query],
    read: async (before) => {
      const page = await odeon.admin.audit({ ...query, ...(before ? { before } : {}) })
      return { items: page.actions, more: page.more }
    },
    refetchMs,
  })
  return (
    <>
      <p className="dim page-lead">{t('auditLog.never')}</p>
      <AuditFilters />
      {pages.error && !pages.items ? <AdminRefused error={pages.error} /> : null}
      {!pages.items && !pages.error ? <div className="skeleton queue-skeleton" /> : null}
      {pages.items?.length === 0 ? <p className="dim">{t('auditLog.empty')}</p> : null}
      {pages.items && pages.items.length > 0 ? <AuditTable actions={pages.items} /> : null}
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

function AuditTable({ actions }: { actions: readonly ActionRecord[] }) {
  const { t } = useTranslation()
  const heads = ['when', 'who', 'what', 'whom', 'where', 'why'] as const
  return (
    <div className="table-box wide-table" tabIndex={0} role="region" aria-label={t('house.audit')}>
      <table className="table figures">
        <thead>
          <tr>
            {heads.map((name) => (
              <th key={name} scope="col">
                {t(`auditLog.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {actions.map((action) => (
            <AuditRow key={action.id} action={action} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AuditRow({ action }: { action: ActionRecord }) {
  const { t, i18n } = useTranslation()
  const kindText = useKindText()
  const { by, target, channel, lines } = action
  return (
    <tr>
      <td className="nowrap">{dateOf(action.at, i18n.language)}</td>
      <td>
        <Person name={by.name} search={by.id ? { by: by.id } : undefined} label="by" />
      </td>
      <th scope="row">
        {kindText(action.kind)}
        {action.isUndone ? <span className="chip">{t('auditLog.undone')}</span> : null}
      </th>
      <td>
        {target ? (
          <Person
            name={target.name ?? t('house.somebody')}
            search={target.id ? { target: target.id } : undefined}
            label="target"
          />
        ) : null}
      </td>
      <td>
        {channel ? (
          <Link to="/channel/$handle" params={{ handle: channel.handle }} className="link">
            {channel.name}
          </Link>
        ) : null}
      </td>
      <td>
        {action.reason === null ? null : reasonText(t, action.reason)}
        {lines.length > 0 ? (
          <details>
            <summary>{t('auditLog.lines', { count: lines.length })}</summary>
            <ul className="audit-lines">
              {lines.map((line) => (
                <li key={line.id}>{line.text}</li>
              ))}
            </ul>
          </details>
        ) : null}
      </td>
    </tr>
  )
}

interface PersonProps {
  name: string
  search: Record<string, string> | undefined
  label: 'by' | 'target'
}

function Person({ name, search, label }: PersonProps) {
  const { t } = useTranslation()
  if (!search) return <>{name}</>
  return (
    <Link to="/admin/audit" search={search} className="link" title={t(`auditLog.${label}`)}>
      {name}
    </Link>
  )
}
