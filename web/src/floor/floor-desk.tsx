/** What people do in the hall: notes above, speakers in their arc, controls in thumb's reach. */
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { FloorBar } from './floor-bar.tsx'
import { FloorNotes } from './floor-notes.tsx'
import { InvitationDialog } from './invitation.tsx'
import { SpeakerArc } from './speaker-arc.tsx'
import type { FloorPage } from './use-floor.ts'
import { useFloorKeys } from './use-floor-keys.ts'
import { useMediaSession } from './use-media-session.ts'
import { useVoice } from './use-voice.ts'

interface FloorDeskProps {
  page: FloorPage
  hostName: string
  newLines: number
  onShowChat: (() => void) | undefined
  /** Beside the controls. */
  children: ReactNode
}

export function FloorDesk(props: FloorDeskProps) {
  const { page, hostName, newLines, onShowChat, children } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { view, said, hush } = page
  const { room, you } = view
  const phase = useRoomState(room, (now) => now.phase)
  const title = useRoomState(room, (now) => now.title)
  const handle = useRoomState(room, (now) => now.channel)
  const picture = useRoomState(room, (now) => now.avatarUrl)
  const isLive = phase === 'live'
  const voice = useVoice(view, isLive)
  useFloorKeys(voice)
  useMediaSession({ title, hostName, picture }, voice, () => void navigate({ to: '/' }))

  return (
    <>
      <FloorNotes
        view={view}
        voice={voice}
        hostName={hostName}
        isLive={isLive}
        said={said}
        onHush={hush}
      />
      {phase === 'pending' ? (
        <p className="hall-pending">
          {t(you.role === 'host' ? 'live.pendingHost' : 'medium.pending')}
        </p>
      ) : null}
      <SpeakerArc view={view} hostPicture={picture} handle={handle} />
      <div className="hall-foot">
        <FloorBar view={view} voice={voice} onShowChat={onShowChat} newLines={newLines} />
        {children}
      </div>
      <InvitationDialog view={view} voice={voice} />
    </>
  )
}
