/** A microphone's level as a bar, and in words whether anybody is heard. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from '../../text/use-translation.ts'
import { type Heard, Hearing } from './loudness.ts'

/** Calls back with levels from 0 to 1 until stopped. */
export type LevelSource = (hear: (level: number) => void) => () => void

/** Whether somebody is heard, and a place for the bar that moves without a render. */
export function useHearing(source: LevelSource | null) {
  const [heard, setHeard] = useState<Heard>('waiting')
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    setHeard('waiting')
    if (!source) return
    const hearing = new Hearing(Date.now())
    const stop = source((level) => {
      bar.current?.style.setProperty('--level', level.toFixed(3))
      bar.current?.setAttribute('aria-valuenow', String(Math.round(level * 100)))
      setHeard(hearing.at(level, Date.now()))
    })
    const shown = bar.current
    return () => {
      stop()
      shown?.style.setProperty('--level', '0')
      shown?.setAttribute('aria-valuenow', '0')
    }
  }, [source])
  return { heard, bar }
}

interface LevelMeterProps {
  hearing: ReturnType<typeof useHearing>
  /** Said instead while nothing is listened to. */
  children?: ReactNode
}

export function LevelMeter({ hearing: { heard, bar }, children }: LevelMeterProps) {
  const { t } = useTranslation()
  return (
    <div className="level" data-heard={children ? 'off' : heard}>
      <div
        ref={bar}
        className="level-bar"
        role="meter"
        aria-label={t('devices.level')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
      >
        <span />
      </div>
      <p className="level-word" role="status">
        {children ?? t(`devices.heard.${heard}`)}
      </p>
    </div>
  )
}
