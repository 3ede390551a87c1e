/** The send button and the ring around it that fills until slow mode lets the next line through. */
import { SendHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'

interface SlowRingProps {
  freeAtMs: number
  slowSeconds: number
  /** Another reason to wait: too many at once. */
  waitUntilMs: number
  isSendable: boolean
}

const radius = 16
const around = 2 * Math.PI * radius

export function SlowRing({ freeAtMs, slowSeconds, waitUntilMs, isSendable }: SlowRingProps) {
  const { t } = useTranslation()
  const until = Math.max(freeAtMs, waitUntilMs)
  const now = useTicking(until)
  const leftMs = Math.max(0, until - now)
  const seconds = Math.ceil(leftMs / 1_000)
  const isSlow = slowSeconds > 0 && freeAtMs > now
  const filled = isSlow ? 1 - Math.min(1, (freeAtMs - now) / (slowSeconds * 1_000)) : 0
  const label = seconds > 0 ? t('composer.sendIn', { count: seconds }) : t('composer.send')
  return (
    <button
      type="submit"
      className="composer-send"
      aria-label={label}
      title={label}
      disabled={!isSendable}
      data-slow={isSlow || undefined}
    >
      {isSlow ? (
        <svg className="slow-ring" viewBox="0 0 36 36" aria-hidden="true">
          <circle cx="18" cy="18" r={radius} />
          <circle
            cx="18"
            cy="18"
            r={radius}
            className="slow-ring-filled"
            strokeDasharray={around}
            strokeDashoffset={around * (1 - filled)}
          />
        </svg>
      ) : null}
      {seconds > 0 ? (
        <span className="figures">{seconds}</span>
      ) : (
        <SendHorizontal size={18} aria-hidden="true" />
      )}
    </button>
  )
}

/** Ticks four times a second until the moment has come. */
function useTicking(untilMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= untilMs) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [untilMs])
  return Math.min(now, untilMs)
}
