/** What a host may do: start, end after being asked, as whoever leads may, and go to the desk. */
import type { LiveConnection } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { Radio, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { BattleTool } from '../battles/battle-tool.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { useTranslation } from '../text/use-translation.ts'
import { TreasureTool } from '../treasure/treasure-tool.tsx'
import { EndTool } from './end-tool.tsx'
import { useRoomState } from './use-room-state.ts'

interface HostToolsProps {
  room: LiveConnection
  /** At the desk itself: no way to it. */
  isDesk?: boolean
  /** Led from its own page: the desk is one of pictures. */
  isVoices?: boolean
}

export function HostTools({ room, isDesk = false, isVoices = false }: HostToolsProps) {
  const isHost = room.you.role === 'host'
  // Who leads in the host's place has the room's page alone.
  const hasDesk = isHost && !isDesk && !isVoices
  const { t } = useTranslation()
  const phase = useRoomState(room, (state) => state.phase)
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()

  const ask = async (command: () => Promise<unknown>) => {
    if (isBusy) return
    setBusy(true)
    setFailed(undefined)
    try {
      await command()
    } catch (error) {
      setFailed(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      {hasDesk && phase === 'pending' ? (
        <Link to="/studio" className="button button-live host-tool">
          <Radio size={18} aria-hidden="true" />
          {t('live.toDesk')}
        </Link>
      ) : null}
      {hasDesk && phase === 'live' ? (
        <Link to="/studio" className="button button-plain tool" aria-label={t('studio.title')}>
          <SlidersHorizontal size={18} aria-hidden="true" />
          <span>{t('studio.title')}</span>
        </Link>
      ) : null}
      {isVoices && phase === 'pending' ? (
        <button
          type="button"
          className="button button-live host-tool"
          aria-disabled={isBusy || undefined}
          onClick={() => void ask(() => room.start())}
        >
          <Radio size={18} aria-hidden="true" />
          {isBusy ? `${t('live.starting')}…` : t('live.start')}
        </button>
      ) : null}
      {phase === 'live' && (hasDesk || isDesk) ? (
        <>
          <TreasureTool room={room} />
          <BattleTool room={room} />
        </>
      ) : null}
      {phase === 'live' ? (
        <EndTool
          room={room}
          onEnd={() => void ask(() => room.end())}
          isBusy={isBusy}
          isVoices={isVoices}
        />
      ) : null}
      {failed ? (
        <p className="toast" role="alert">
          {failed}
        </p>
      ) : null}
    </>
  )
}
