/** How much of a picture has been sent; when all of it has, the server is at work on it. */
import { useTranslation } from '../../text/use-translation.ts'

export function SendProgress({ sent }: { sent: number }) {
  const { t, i18n } = useTranslation()
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(sent)
  const isAllSent = sent >= 1
  return (
    <div className="send-progress">
      <progress aria-label={t('owner.sending')} max={1} {...(isAllSent ? {} : { value: sent })} />
      <span className="figures">{isAllSent ? t('owner.making') : percent}</span>
    </div>
  )
}
