/** Over the hall: who leads while the host is away, whether there is sound, and what was done. */
import type { LiveConnection } from '@odeon/sdk'
import { Crown, MicOff, Timer, Volume2, VolumeX } from 'lucide-react'
import type { ReactNode } from 'react'
import { clockOf } from '../frame/clock.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { useTranslation } from '../text/use-translation.ts'
import { soonMs, TurnSoon } from './turn-clock.tsx'
import type { FloorView, Said } from './use-floor.ts'
import type { Voice } from './use-voice.ts'

interface FloorNotesProps {
  view: FloorView
  voice: Voice
  hostName: string
  isLive: boolean
  said: Said | undefined
  onHush: () => void
}

export function FloorNotes({ view, voice, hostName, isLive, said, onHush }: FloorNotesProps) {
  const { t } = useTranslation()
  return (
    <div className="floor-notes">
      <HostAway view={view} hostName={hostName} />
      <OwnTurn room={view.room} until={view.state.speakers.get(view.you.id)?.turnUntil ?? 0} />
      {isLive ? <SoundNote view={view} voice={voice} /> : null}
      {voice.trouble ? (
        <Note icon={<MicOff size={18} aria-hidden="true" />} isWarning>
          {t(`floor.microphone.${voice.trouble}`)}
          <NoteButton onClick={() => voice.turnOn()}>{t('app.retry')}</NoteButton>
        </Note>
      ) : null}
      <SaidNote said={said} view={view} onHush={onHush} />
    </div>
  )
}

/** The region is there before what is said in it, so that it is read out. */
function SaidNote(props: { said: Said | undefined; view: FloorView; onHush: () => void }) {
  const { t } = useTranslation()
  const { said, view, onHush } = props
  const { undo } = said ?? {}
  return (
    <div role="status">
      {said ? (
        <div className="floor-note" data-bad={said.isBad || undefined}>
          <p>{said.text}</p>
          {undo ? (
            <NoteButton
              onClick={() => {
                onHush()
                view.ask(undo)
              }}
            >
              {t('floor.undo')}
            </NoteButton>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

function HostAway({ view, hostName }: { view: FloorView; hostName: string }) {
  const { t } = useTranslation()
  const { leaderId, hostAwayUntil, speakers } = view.state
  const isAway = hostAwayUntil > 0 || leaderId !== ''
  const now = useRoomNow(view.room, 1_000, isAway)
  const icon = <Crown size={18} aria-hidden="true" />
  if (!isAway) return null
  if (leaderId === view.you.id) {
    return <Note icon={icon}>{t('floor.youLead', { host: hostName })}</Note>
  }
  if (leaderId !== '') {
    const crew = view.room.state.crew.get(leaderId)?.name
    const name = speakers.get(leaderId)?.name ?? crew ?? ''
    return <Note icon={icon}>{t('floor.leader', { name, host: hostName })}</Note>
  }
  const leftMs = hostAwayUntil - now
  const text =
    leftMs > 0
      ? t('floor.hostAway', { name: hostName, time: clockOf(leftMs + 999) })
      : t('floor.nobodyLeads', { name: hostName })
  // What changes each second is not read out each second.
  return (
    <Note icon={icon} role={leftMs > 0 ? 'timer' : 'status'}>
      {text}
    </Note>
  )
}

function SoundNote({ view, voice }: { view: FloorView; voice: Voice }) {
  const { t } = useTranslation()
  const { status, isSoundBlocked, isPaused } = voice.sound
  if (!view.state.hasMedia || status === 'unavailable') {
    return (
      <Note icon={<VolumeX size={18} aria-hidden="true" />} isWarning>
        {t('floor.noVoices')}
      </Note>
    )
  }
  if (isSoundBlocked) {
    return (
      <Note icon={<Volume2 size={18} aria-hidden="true" />}>
        {t('floor.blocked')}
        <NoteButton onClick={() => voice.sound.unblock()}>{t('floor.listen')}</NoteButton>
      </Note>
    )
  }
  if (isPaused) {
    return (
      <Note icon={<VolumeX size={18} aria-hidden="true" />}>
        {t('floor.paused')}
        <NoteButton onClick={() => voice.sound.pause(false)}>{t('floor.listenAgain')}</NoteButton>
      </Note>
    )
  }
  if (status !== 'connecting' && status !== 'reconnecting') return null
  return <Note icon={<Volume2 size={18} aria-hidden="true" />}>{t(`floor.${status}`)}…</Note>
}

/** Each second for the eye; for the ear once, near the end. */
function OwnTurn({ room, until }: { room: LiveConnection; until: number }) {
  const { t } = useTranslation()
  const now = useRoomNow(room, 1_000, until > 0)
  const leftMs = until - now
  const isSoon = until > 0 && leftMs <= soonMs
  return (
    <>
      <TurnSoon room={room} until={until} />
      {until > 0 ? (
        <Note icon={<Timer size={18} aria-hidden="true" />} role="timer" isWarning={isSoon}>
          {t('floor.turns.yours', { time: clockOf(leftMs + 999) })}
        </Note>
      ) : null}
    </>
  )
}

interface NoteProps {
  icon: ReactNode
  isWarning?: boolean
  role?: 'status' | 'timer'
  children: ReactNode
}

function Note({ icon, isWarning, role = 'status', children }: NoteProps) {
  return (
    <div className="floor-note" data-warn={isWarning || undefined} role={role}>
      {icon}
      <p>{children}</p>
    </div>
  )
}

function NoteButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="link-button" onClick={onClick}>
      {children}
    </button>
  )
}
