/** The room said no, for good: why, by the code it gave. */
import { Link } from '@tanstack/react-router'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { type TFunction, useTranslation } from '../text/use-translation.ts'

export function RefusedPage({ code, message }: { code: string; message: string }) {
  const { t } = useTranslation()
  const [title, text] = textsOf(t, code, message)
  useTitle(title)
  return (
    <StatePage title={title} text={text}>
      <Link to="/" className="button button-primary">
        {t('error.home')}
      </Link>
    </StatePage>
  )
}

function textsOf(t: TFunction, code: string, message: string): [title: string, text: string] {
  switch (code) {
    case 'not_found':
    case 'invalid':
      return [t('live.notFoundTitle'), t('live.notFoundText')]
    case 'banned':
      return [t('live.bannedTitle'), t('refusal.banned')]
    case 'blocked':
      return [t('live.bannedTitle'), t('refusal.blocked')]
    case 'removed':
      return [t('live.removedTitle'), t('live.removedText')]
    default:
      return [t('live.bannedTitle'), message]
  }
}
