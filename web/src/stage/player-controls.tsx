/** What one may do about picture and sound that are live: the tools, and how good it is. */
import type { MediaQuality, RoomMedia } from '@odeon/sdk'
import type { RefObject } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { PlayerTools } from './player-tools.tsx'
import { useMediaFact } from './use-media-fact.ts'
import { useSound } from './use-sound.ts'

/** What fits the window and the line is the best there is: `high` would be the same. */
const qualities = ['auto', 'medium', 'low'] as const satisfies readonly MediaQuality[]

interface PlayerControlsProps {
  media: RoomMedia
  /** What fills the screen, and holds the picture that gets a window of its own. */
  stage: RefObject<HTMLElement | null>
  hasPicture: boolean
}

export function PlayerControls({ media, stage, hasPicture }: PlayerControlsProps) {
  const { t } = useTranslation()
  const { sound, change } = useSound(media)
  const quality = useMediaFact(media, (now) => now.quality)
  const main = () => stage.current?.querySelector<HTMLVideoElement>('[data-main] video')
  return (
    <PlayerTools
      sound={sound}
      onSound={change}
      stage={stage}
      picture={hasPicture ? main : undefined}
    >
      {hasPicture ? (
        <select
          className="player-quality"
          aria-label={t('player.quality')}
          title={t('player.quality')}
          value={quality}
          onChange={(event) => {
            media.quality = event.target.value as MediaQuality
          }}
        >
          {qualities.map((one) => (
            <option key={one} value={one}>
              {t(`player.qualities.${one}`)}
            </option>
          ))}
        </select>
      ) : null}
    </PlayerTools>
  )
}
