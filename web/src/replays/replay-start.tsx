/** In the middle of the stage while it rests: where one looks for it. */
import { Play } from 'lucide-react'
import { useTranslation } from '../text/use-translation.ts'
import type { Playable } from './playable.ts'
import { useStatus } from './use-replay.ts'

export function ReplayStart({ replay, onPlay }: { replay: Playable; onPlay: () => void }) {
  const { t } = useTranslation()
  if (useStatus(replay).status !== 'paused') return null
  return (
    <button type="button" className="replay-start" aria-label={t('replay.play')} onClick={onPlay}>
      <Play size={34} fill="currentColor" aria-hidden="true" />
    </button>
  )
}
