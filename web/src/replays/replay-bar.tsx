/** What one does with a recording: play, rest, leap, go anywhere, faster, show others the place. */
import { Check, ChevronDown, Link2, Pause, Play, RotateCcw, RotateCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLetterKeys } from '../frame/letter-keys.ts'
import { clockOf } from '../frame/clock.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { Playable } from './playable.ts'
import { ReplayScrubber } from './replay-scrubber.tsx'
import { usePosition, useStatus } from './use-replay.ts'

const speeds = [0.25, 0.5, 1, 1.5, 2, 4] as const
const leapMs = 10_000

interface ReplayBarProps {
  replay: Playable
  /** Whose moments have an address. */
  streamId?: string
  onToggle: () => void
  onSeek: (ms: number) => void
}

export function ReplayBar({ replay, streamId, onToggle, onSeek }: ReplayBarProps) {
  const { t } = useTranslation()
  const position = usePosition(replay, 1_000)
  const { status, speed } = useStatus(replay)
  const hasLetters = useLetterKeys()
  const keyed = (text: string, letter: string) => (hasLetters ? `${text} (${letter})` : text)
  const isPlaying = status === 'playing'
  const label = isPlaying ? t('replay.pause') : t('replay.play')
  const leap = (ms: number) => () => onSeek(replay.position + ms)
  return (
    <div className="replay-bar" role="group" aria-label={t('replay.controls')}>
      <ReplayScrubber replay={replay} onSeek={onSeek} />
      <div className="replay-tools">
        <button
          type="button"
          className="button button-quiet button-icon replay-leap"
          aria-label={t('replay.back')}
          title={keyed(t('replay.back'), 'J')}
          onClick={leap(-leapMs)}
        >
          <RotateCcw size={28} strokeWidth={1.6} aria-hidden="true" />
          <LeapFigure />
        </button>
        <button
          type="button"
          className="button button-primary button-icon replay-play"
          aria-label={label}
          title={keyed(label, 'K')}
          onClick={onToggle}
        >
          {isPlaying ? (
            <Pause size={20} fill="currentColor" aria-hidden="true" />
          ) : (
            <Play size={20} fill="currentColor" aria-hidden="true" />
          )}
        </button>
        <button
          type="button"
          className="button button-quiet button-icon replay-leap"
          aria-label={t('replay.forward')}
          title={keyed(t('replay.forward'), 'L')}
          onClick={leap(leapMs)}
        >
          <RotateCw size={28} strokeWidth={1.6} aria-hidden="true" />
          <LeapFigure />
        </button>
        <p className="replay-clock figures">
          {clockOf(position)} <span>/ {clockOf(replay.duration)}</span>
        </p>
        <p className="replay-status" role="status">
          {status === 'loading' ? t('replay.loading') : ''}
        </p>
        <label className="replay-speed">
          <span className="unseen">{t('replay.speed')}</span>
          <select
            className="select figures"
            value={speed}
            onChange={(event) => (replay.speed = Number(event.target.value))}
          >
            {speeds.map((one) => (
              <option key={one} value={one}>
                {one}×
              </option>
            ))}
          </select>
          <ChevronDown size={16} aria-hidden="true" />
        </label>
        {streamId ? <CopyMoment replay={replay} streamId={streamId} /> : null}
      </div>
    </div>
  )
}

/** Seconds, inside the arrow, in the digits of its label. */
function LeapFigure() {
  const { t } = useTranslation()
  return (
    <span className="figures" aria-hidden="true">
      {t('replay.leap')}
    </span>
  )
}

function CopyMoment({ replay, streamId }: { replay: Playable; streamId: string }) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<string>()
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(undefined), 2_400)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async () => {
    const seconds = Math.floor(replay.position / 1_000)
    try {
      await navigator.clipboard.writeText(`${location.origin}/live/${streamId}?t=${seconds}`)
      setSaid(t('live.copied'))
    } catch {
      // Without a clipboard the address is put where it can be copied from.
      history.replaceState(history.state, '', `?t=${seconds}`)
      setSaid(t('live.copyFailed'))
    }
  }
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-icon"
        aria-label={t('replay.copy')}
        title={t('replay.copy')}
        onClick={() => void copy()}
      >
        {said ? <Check size={18} aria-hidden="true" /> : <Link2 size={18} aria-hidden="true" />}
      </button>
      <p className={said ? 'toast' : 'unseen'} role="status">
        {said}
      </p>
    </>
  )
}
