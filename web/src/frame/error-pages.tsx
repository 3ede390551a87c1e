/** No such page, and a page that broke. */
import { Link } from '@tanstack/react-router'
import { StatePage } from './state-page.tsx'
import { useTitle } from './use-title.ts'
import { useTranslation } from '../text/use-translation.ts'

export function NotFoundPage() {
  const { t } = useTranslation()
  useTitle(t('error.notFoundTitle'))
  return (
    <StatePage title={t('error.notFoundTitle')} text={t('error.notFoundText')}>
      <Link to="/" className="button button-primary">
        {t('error.home')}
      </Link>
    </StatePage>
  )
}

export function BrokenPage() {
  const { t } = useTranslation()
  useTitle(t('error.brokenTitle'))
  return (
    <StatePage title={t('error.brokenTitle')} text={t('error.brokenText')}>
      <button type="button" className="button button-primary" onClick={() => location.reload()}>
        {t('error.reload')}
      </button>
    </StatePage>
  )
}
