/** Says how many coins are still to go back, and what that stops, to whoever owes some. */
import { useTranslation } from '../text/use-translation.ts'

export function OwedNotice({ coins }: { coins: number }) {
  const { t } = useTranslation()
  if (coins === 0) return null
  return (
    <p className="notice notice-warn" role="status">
      <strong>{t('coins.owed', { coins })}</strong> {t('coins.owedAllText')}
    </p>
  )
}
