/** The sign of a tier beside a name: a crown for all, the number inside of it. */
import { useTranslation } from '../text/use-translation.ts'

export function TierBadge({ level }: { level: number }) {
  const { t, i18n } = useTranslation()
  const label = t('tiers.level', { level })
  return (
    <span
      className="badge badge-tier"
      data-level={level}
      role="img"
      aria-label={label}
      title={label}
    >
      {new Intl.NumberFormat(i18n.language).format(level)}
    </span>
  )
}
