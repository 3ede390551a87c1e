/** Narrows the audit log by action, time and person; kept in the address. */
import { useTranslation } from '../text/use-translation.ts'
import { auditKinds, useKindText } from './audit-kinds.ts'
import { useFilters } from './filters.tsx'

export function AuditFilters() {
  const { t } = useTranslation()
  const kindText = useKindText()
  const [filters, change] = useFilters()
  const orNone = (value: string) => (value === '' ? undefined : value)
  const isPerson = filters.by !== undefined || filters.target !== undefined
  return (
    <div className="filters" role="group" aria-label={t('house.filters')}>
      <label className="filter-field">
        <span>{t('auditLog.kind')}</span>
        <select
          className="select"
          value={filters.kind ?? ''}
          onChange={(event) => change({ kind: orNone(event.target.value) })}
        >
          <option value="">{t('house.everything')}</option>
          {auditKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindText(kind)}
            </option>
          ))}
        </select>
      </label>
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="filter-field">
          <span>{t(`auditLog.${name}`)}</span>
          <input
            type="date"
            className="select"
            value={filters[name] ?? ''}
            onChange={(event) => change({ [name]: orNone(event.target.value) })}
          />
        </label>
      ))}
      {isPerson ? <span className="chip">{t('auditLog.about')}</span> : null}
      {Object.keys(filters).length > 0 ? (
        <button
          type="button"
          className="button button-quiet"
          onClick={() =>
            change({
              by: undefined,
              target: undefined,
              kind: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          {t('auditLog.clear')}
        </button>
      ) : null}
    </div>
  )
}
