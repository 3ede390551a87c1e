/** Sound, quality, a window of its own, the whole screen; each with its key. */
import type { MediaQuality, RoomMedia } from '@odeon/sdk'
import { Maximize, Minimize, PictureInPicture2, Volume1, Volume2, VolumeX } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { useMediaFact } from './use-media-fact.ts'
import { type Sound, useSound } from './use-sound.ts'

/** What fits the window and the line is the best there is: `high` would be the same. */
const qualities = ['auto', 'medium', 'low'] as const satisfies readonly MediaQuality[]
const fields = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]'

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
  const isFull = useIsFull()
  const mute = () => change({ ...sound, isMuted: !sound.isMuted })
  const fill = () => void toggleFull(stage.current)
  const float = () => void toggleFloat(stage.current)
  useKeys({ m: mute, f: fill, ...(hasPicture && { p: float }) })
  const full = isFull ? t('player.leaveFull') : t('player.full')
  return (
    <div className="player-controls" role="group" aria-label={t('player.controls')}>
      <SoundControl sound={sound} onChange={change} onMute={mute} />
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
      {hasPicture && document.pictureInPictureEnabled ? (
        <Tool label={t('player.float')} letter="p" onPress={float}>
          <PictureInPicture2 size={18} aria-hidden="true" />
        </Tool>
      ) : null}
      {document.fullscreenEnabled ? (
        <Tool label={full} letter="f" onPress={fill}>
          {isFull ? (
            <Minimize size={18} aria-hidden="true" />
          ) : (
            <Maximize size={18} aria-hidden="true" />
          )}
        </Tool>
      ) : null}
    </div>
  )
}

interface SoundControlProps {
  sound: Sound
  onChange: (sound: Sound) => void
  onMute: () => void
}

function SoundControl({ sound: { volume, isMuted }, onChange, onMute }: SoundControlProps) {
  const { t } = useTranslation()
  const isSilent = isMuted || volume === 0
  const Icon = isSilent ? VolumeX : volume < 0.5 ? Volume1 : Volume2
  return (
    <>
      <Tool label={isMuted ? t('player.unmute') : t('player.mute')} letter="m" onPress={onMute}>
        <Icon size={18} aria-hidden="true" />
      </Tool>
      <input
        type="range"
        className="player-volume"
        min={0}
        max={100}
        step={5}
        value={isMuted ? 0 : Math.round(volume * 100)}
        aria-label={t('player.volume')}
        onChange={(event) => onChange({ volume: Number(event.target.value) / 100, isMuted: false })}
      />
    </>
  )
}

interface ToolProps {
  label: string
  letter: string
  onPress: () => void
  children: React.ReactNode
}

function Tool({ label, letter, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className="player-tool"
      aria-label={label}
      aria-keyshortcuts={letter}
      title={`${label} (${letter.toUpperCase()})`}
      onClick={onPress}
    >
      {children}
    </button>
  )
}

/** Keys from anywhere that is not a field. */
function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = keys[event.key.toLowerCase()]
      if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (event.target instanceof Element && event.target.closest(fields)) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
}

function useIsFull(): boolean {
  const [isFull, setFull] = useState(document.fullscreenElement !== null)
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [])
  return isFull
}

async function toggleFull(stage: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await stage?.requestFullscreen()
}

async function toggleFloat(stage: HTMLElement | null): Promise<void> {
  if (document.pictureInPictureElement) return await document.exitPictureInPicture()
  const video = stage?.querySelector<HTMLVideoElement>('[data-main] video')
  // Before the first frame there is nothing to put into a window.
  if (video && video.readyState > 0) await video.requestPictureInPicture()
}
