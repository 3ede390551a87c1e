/** Over a picture: sound, a window of its own, the whole screen; each with its key. */
import { Maximize, Minimize, PictureInPicture2, Volume1, Volume2, VolumeX } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect } from 'react'
import { mayAct, useLetterKeys } from '../frame/letter-keys.ts'
import { useTranslation } from '../text/use-translation.ts'
import { mayFill, toggleFull, useIsFull } from './use-full.ts'
import type { Sound } from './use-sound.ts'

const fields = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]'

interface PlayerToolsProps {
  sound: Sound
  onSound: (sound: Sound) => void
  /** What fills the screen. */
  stage: RefObject<HTMLElement | null>
  /** Gets a window of its own; absent while nothing is seen. */
  picture?: (() => HTMLVideoElement | null | undefined) | undefined
  /** Beside the sound. */
  children?: ReactNode
}

export function PlayerTools({ sound, onSound, stage, picture, children }: PlayerToolsProps) {
  const { t } = useTranslation()
  const isFull = useIsFull()
  const mute = () => onSound({ ...sound, isMuted: !sound.isMuted })
  const fill = () => void toggleFull(stage.current, picture?.())
  const float = () => void toggleFloat(picture?.())
  useKeys({ m: mute, f: fill, ...(picture && { p: float }) })
  const full = isFull ? t('player.leaveFull') : t('player.full')
  return (
    <div className="player-controls" role="group" aria-label={t('player.controls')}>
      <SoundControl sound={sound} onChange={onSound} onMute={mute} />
      {children}
      {picture && document.pictureInPictureEnabled ? (
        <Tool label={t('player.float')} letter="p" onPress={float}>
          <PictureInPicture2 size={18} aria-hidden="true" />
        </Tool>
      ) : null}
      {mayFill(picture?.()) ? (
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
  children: ReactNode
}

function Tool({ label, letter, onPress, children }: ToolProps) {
  const hasLetters = useLetterKeys()
  return (
    <button
      type="button"
      className="player-tool"
      aria-label={label}
      aria-keyshortcuts={hasLetters ? letter : undefined}
      title={hasLetters ? `${label} (${letter.toUpperCase()})` : label}
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
      if (!mayAct(event)) return
      if (event.target instanceof Element && event.target.closest(fields)) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
}

async function toggleFloat(picture: HTMLVideoElement | null | undefined): Promise<void> {
  if (document.pictureInPictureElement) return await document.exitPictureInPicture()
  // Before the first frame there is nothing to put into a window.
  if (picture && picture.readyState > 0) await picture.requestPictureInPicture()
}
