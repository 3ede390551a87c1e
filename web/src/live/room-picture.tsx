/** The stage with what lies over it: since when, how many, the playbill, the reactions. */
import type { LiveConnection, Stream } from '@odeon/sdk'
import { PanelRightOpen } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { BattleLayer } from '../battles/battle-layer.tsx'
import { useStages } from '../battles/use-battle.ts'
import { useYou } from '../chat/use-turn.ts'
import { later } from '../frame/later.tsx'
import { GiftEffects } from '../gifts/gift-effects.tsx'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { Stage } from '../stage/stage.tsx'
import { TreasureLayer } from '../treasure/treasure-layer.tsx'
import { RoomFacts } from './room-facts.tsx'
import { StagePlaybill } from './stage-playbill.tsx'
import { useRoomState } from './use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

/** Fetched, and LiveKit with it, when there is something to see or hear. */
const Player = later(async () => (await import('../stage/player.tsx')).Player)

const GuestStage = later(async () => (await import('../guests/guest-stage.tsx')).GuestStage)

interface RoomPictureProps {
  room: LiveConnection
  stream: Stream | undefined
  hostName: string
  drawing: RefObject<CrowdDrawing | null>
  /** Undefined while the chat is shown. */
  onShowChat: (() => void) | undefined
  children: ReactNode
}

export function RoomPicture(props: RoomPictureProps) {
  const { room, stream, hostName, drawing, onShowChat, children } = props
  const { t } = useTranslation()
  const phase = useRoomState(room, (state) => state.phase)
  const handle = useRoomState(room, (state) => state.channel)
  const picture = useRoomState(room, (state) => state.avatarUrl)
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const energy = useEnergy(room)
  const isPlayed = useIsPlayed(room)
  const hasStage = useHasStage(room)
  const stages = useStages(room)
  const frame = useRef<HTMLElement>(null)
  return (
    <section
      ref={frame}
      className="room-picture"
      aria-label={t('live.stage')}
      data-stages={stages || undefined}
    >
      <Stage
        channelId={handle}
        hostName={hostName}
        picture={picture}
        phase={phase}
        viewers={viewers}
        energy={energy}
        drawing={drawing}
      >
        <StagePlaybill room={room} stream={stream} hostName={hostName} />
      </Stage>
      {hasStage ? <GuestStage room={room} /> : null}
      {isPlayed ? <Player room={room} hostName={hostName} stage={frame} /> : null}
      <BattleLayer room={room} />
      <GiftEffects room={room} />
      <TreasureLayer room={room} />
      <RoomFacts room={room} />
      {children}
      {onShowChat ? (
        <button type="button" className="button room-show-chat" onClick={onShowChat}>
          <PanelRightOpen size={18} aria-hidden="true" />
          {t('live.showChat')}
        </button>
      ) : null}
    </section>
  )
}

/** Whoever was here before comes within this, so that a large crowd does not come at once. */
const spreadLimits = { longestMs: 5_000, perViewerMs: 0.5 } as const

/** Once somebody sent while it was live, until it is over: what stops comes again. */
function useIsPlayed(room: LiveConnection): boolean {
  const isLive = useRoomState(room, (state) => state.phase === 'live')
  const isCarrying = useRoomState(room, (state) => state.floor?.isCarrying ?? false)
  const [wasCarrying, setCarrying] = useState(isCarrying)
  useEffect(() => {
    if (!isCarrying) return
    const { longestMs, perViewerMs } = spreadLimits
    const spreadMs = Math.min(longestMs, room.state.viewerCount * perViewerMs)
    const timer = setTimeout(() => setCarrying(true), Math.random() * spreadMs)
    return () => clearTimeout(timer)
  }, [room, isCarrying])
  return isLive && wasCarrying
}

/** Somebody may come up, or this person has a place already, whatever the media do. */
function useHasStage(room: LiveConnection): boolean {
  const { id } = useYou(room)
  return useRoomState(room, ({ phase, floor }) => {
    if (phase !== 'live' || !floor) return false
    const { hasMedia, speakers, hands, invitations } = floor
    return hasMedia || speakers.has(id) || hands.has(id) || invitations.has(id)
  })
}

/** The room's pulse from 0 to 1, out of what was said and sent in the last minute. */
function useEnergy(room: LiveConnection): number {
  const messages = useRoomState(room, (state) => state.metrics.messagesPerMinute)
  const reactions = useRoomState(room, (state) => state.metrics.reactionsPerMinute)
  return 0.25 + 0.75 * (1 - Math.exp(-(messages + reactions * 0.25) / 60))
}
