/** The room closed this window's seat, and one may come back. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { StatePage } from '../frame/state-page.tsx'

export function LetGoPage({
  because,
  onEnterAgain,
}: {
  because: string
  onEnterAgain: () => void
}) {
  const { t } = useTranslation()
  const isReplaced = because === 'replaced'
  return (
    <StatePage
      title={isReplaced ? t('live.replacedTitle') : t('live.closedTitle')}
      text={isReplaced ? t('live.replacedText') : t('live.closedText')}
    >
      <button type="button" className="button button-primary" onClick={onEnterAgain}>
        {t('live.comeBack')}
      </button>
      <Link to="/" className="button button-plain">
        {t('error.home')}
      </Link>
    </StatePage>
  )
}
