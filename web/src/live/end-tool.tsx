/** Ends a room for everybody, after saying what ends. */
import type { LiveConnection } from '@odeon/sdk'
import { Square } from 'lucide-react'
import { AskButton } from '../frame/ask-button.tsx'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useRoomState } from './use-room-state.ts'

interface EndToolProps {
  room: LiveConnection
  onEnd: () => void
  isBusy: boolean
  /** A room of voices: people listen there. */
  isVoices: boolean
}

export function EndTool({ room, onEnd, isBusy, isVoices }: EndToolProps) {
  const { t } = useTranslation()
  return (
    <AskButton
      className="button button-plain host-tool host-end"
      isDisabled={isBusy}
      title={t('live.endTitle')}
      text={<WhatEnds room={room} isVoices={isVoices} />}
      act={t('live.endConfirm')}
      stay={t('live.keepGoing')}
      onAct={onEnd}
    >
      <Square size={16} aria-hidden="true" />
      {t('live.end')}
    </AskButton>
  )
}

function WhatEnds({ room, isVoices }: Pick<EndToolProps, 'room' | 'isVoices'>) {
  const { t } = useTranslation()
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const startedAt = useRoomState(room, (state) => state.startedAt)
  const now = useNow(1_000)
  return (
    <span className="figures">
      {t(isVoices ? 'floor.endText' : 'studio.endText', {
        count: viewers,
        time: clockOf(now - startedAt),
      })}
    </span>
  )
}
