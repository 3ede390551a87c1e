/** Connection trouble, told calmly: what is lost, when the next try is, and a way to try now. */
import { WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useNow } from '../frame/use-now.ts'
import { useTranslation } from '../text/use-translation.ts'

export interface ConnectionStripProps {
  isAway: boolean
  /** Unix ms of the next try; undefined while one is under way. */
  retryAtMs: number | undefined
  onTryNow: () => void
}

/** Blips shorter than this are nobody's business. */
const quietMs = 700

export function ConnectionStrip({ isAway, retryAtMs, onTryNow }: ConnectionStripProps) {
  const { t } = useTranslation()
  const isShown = useLasting(isAway)
  const now = useNow(250, isShown)
  if (!isShown) return null
  const seconds = retryAtMs === undefined ? 0 : Math.ceil((retryAtMs - now) / 1_000)
  return (
    <div className="strip">
      <WifiOff size={18} aria-hidden="true" />
      <p>
        <span role="status">{t('live.lost')}</span>{' '}
        <span className="figures">
          {seconds > 0 ? t('live.retryIn', { count: seconds }) : `${t('live.retrying')}…`}
        </span>
      </p>
      <button type="button" className="button button-plain" onClick={onTryNow}>
        {t('live.tryNow')}
      </button>
    </div>
  )
}

/** True once something has held for a while; false at once. */
function useLasting(holds: boolean): boolean {
  const [lasted, setLasted] = useState(false)
  useEffect(() => {
    if (!holds) {
      setLasted(false)
      return
    }
    const timer = setTimeout(() => setLasted(true), quietMs)
    return () => clearTimeout(timer)
  }, [holds])
  return holds && lasted
}
