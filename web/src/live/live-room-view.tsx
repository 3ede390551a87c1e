/** The room around the stage: facts, tools, reactions and chat, laid out for the window. */
import { PanelRightOpen } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveConnection, Stream } from '@odeon/sdk'
import { hashOf, namePair } from '../chat/name-colours.ts'
import { phone, useMedia } from '../frame/use-media.ts'
import { useTitle } from '../frame/use-title.ts'
import { ReactionDock } from '../reactions/reaction-dock.tsx'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { Stage } from '../stage/stage.tsx'
import { ConnectionStrip } from './connection-strip.tsx'
import { EndedView } from './ended-view.tsx'
import { RefusedPage } from './refused-page.tsx'
import { LetGoPage } from './let-go-page.tsx'
import { RoomChat } from './room-chat.tsx'
import { RoomFacts } from './room-facts.tsx'
import { RoomHeader } from './room-header.tsx'
import { StagePlaybill } from './stage-playbill.tsx'
import { useConnection } from './use-connection.ts'
import type { Presence } from './use-live-room.ts'
import { useRoomState } from './use-room-state.ts'

export interface LiveRoomViewProps {
  presence: Presence
  stream: Stream | undefined
  onEnterAgain: () => void
}

export function LiveRoomView({ presence, stream, onEnterAgain }: LiveRoomViewProps) {
  const { room, feed } = presence
  const { t } = useTranslation()
  const [isChatShown, setChatShown] = useState(true)
  const floats = useRef<HTMLDivElement>(null)
  const drawing = useRef<CrowdDrawing>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const connection = useConnection(room)
  const phase = useRoomState(room, (state) => state.phase)
  const title = useRoomState(room, (state) => state.title)
  const channelId = useRoomState(room, (state) => state.channelId)
  const handle = useRoomState(room, (state) => state.channel)
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const energy = useEnergy(room)
  const isPhone = useMedia(phone)
  const hostName = stream?.channel.name ?? handle
  const onReacted = useCallback(
    (colour: string, count: number) => drawing.current?.spark(colour, count),
    [],
  )

  useRoomTitle({ phase, title, hostName, viewers })
  useChatKey(field, () => setChatShown(true))
  useEffect(
    () => feed.onSaid(({ from }) => drawing.current?.speak(hashOf(from.id), namePair(from.id)[1])),
    [feed],
  )

  if (connection.status === 'closed') {
    const because = connection.because ?? 'left'
    if (because === 'ended' || phase === 'ended') return <EndedView streamId={room.streamId} />
    if (finalReasons.has(because))
      return <RefusedPage code={because} message={t('live.closedText')} />
    return <LetGoPage because={because} onEnterAgain={onEnterAgain} />
  }

  const dock = (
    <ReactionDock room={room} isOpen={phase === 'live'} layer={floats} onReacted={onReacted} />
  )
  return (
    <div className="room" data-phase={phase} data-chat={isChatShown ? 'shown' : 'hidden'}>
      <h1 className="unseen">{t('live.label')}</h1>
      <div className="room-stage">
        <ConnectionStrip
          isAway={connection.status !== 'live'}
          retryAtMs={connection.retryAtMs}
          onTryNow={() => room.tryNow()}
        />
        <section className="room-picture" aria-label={t('live.stage')}>
          <Stage
            channelId={channelId}
            hostName={hostName}
            phase={phase}
            viewers={viewers}
            energy={energy}
            drawing={drawing}
          >
            <StagePlaybill room={room} stream={stream} hostName={hostName} />
          </Stage>
          <RoomFacts room={room} />
          {isPhone ? null : <div className="room-dock">{dock}</div>}
          {isChatShown ? null : (
            <button
              type="button"
              className="button room-show-chat"
              onClick={() => setChatShown(true)}
            >
              <PanelRightOpen size={18} aria-hidden="true" />
              {t('live.showChat')}
            </button>
          )}
        </section>
        <RoomHeader room={room} stream={stream} hostName={hostName} />
      </div>
      <RoomChat feed={feed} phase={phase} fieldRef={field} onHide={() => setChatShown(false)}>
        {isPhone ? dock : null}
      </RoomChat>
      <div ref={floats} className="floats" aria-hidden="true" />
    </div>
  )
}

/** Reasons after which the room would refuse again. */
const finalReasons: ReadonlySet<string> = new Set(['removed', 'banned', 'blocked', 'not_found'])

function useRoomTitle(facts: {
  phase: string
  title: string
  hostName: string
  viewers: number
}): void {
  const { t } = useTranslation()
  const { phase, title, hostName, viewers } = facts
  const lead =
    phase === 'live' ? `● ${viewers} · ` : phase === 'ended' ? `${t('live.endedBadge')} · ` : ''
  useTitle(`${lead}${title} · ${hostName}`)
}

/** `c` goes to the chat from anywhere that is not already a field. */
function useChatKey(field: RefObject<HTMLTextAreaElement | null>, show: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.target as HTMLElement
      if (
        target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]')
      )
        return
      event.preventDefault()
      show()
      requestAnimationFrame(() => field.current?.focus())
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [field, show])
}

/** The room's pulse from 0 to 1, out of what was said and sent in the last minute. */
function useEnergy(room: LiveConnection): number {
  const messages = useRoomState(room, (state) => state.metrics.messagesPerMinute)
  const reactions = useRoomState(room, (state) => state.metrics.reactionsPerMinute)
  return 0.25 + 0.75 * (1 - Math.exp(-(messages + reactions * 0.25) / 60))
}
