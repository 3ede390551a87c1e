/** What only the host may do: start, end after being asked, and go to the desk. */
import type { LiveConnection } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { Radio, SlidersHorizontal, Square } from 'lucide-react'
import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { errorText } from '../frame/refusal-text.ts'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useRoomState } from './use-room-state.ts'

interface HostToolsProps {
  room: LiveConnection
  /** At the desk itself: no way to it. */
  isDesk?: boolean
}

export function HostTools({ room, isDesk = false }: HostToolsProps) {
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
      {isDesk || phase === 'ended' ? null : (
        <Link to="/studio" className="button button-plain tool" aria-label={t('studio.title')}>
          <SlidersHorizontal size={18} aria-hidden="true" />
          <span>{t('studio.title')}</span>
        </Link>
      )}
      {phase === 'pending' ? (
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
      {phase === 'live' ? (
        <EndTool room={room} onEnd={() => void ask(() => room.end())} isBusy={isBusy} />
      ) : null}
      {failed ? (
        <p className="toast" role="alert">
          {failed}
        </p>
      ) : null}
    </>
  )
}

interface EndToolProps {
  room: LiveConnection
  onEnd: () => void
  isBusy: boolean
}

function EndTool({ room, onEnd, isBusy }: EndToolProps) {
  const { t } = useTranslation()
  return (
    <DialogTrigger>
      <Button className="button button-plain host-tool host-end" isDisabled={isBusy}>
        <Square size={16} aria-hidden="true" />
        {t('live.end')}
      </Button>
      <ModalOverlay className="scrim" isDismissable>
        <Modal className="dialog-card">
          <Dialog className="dialog" role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title">{t('live.endTitle')}</Heading>
                <WhatEnds room={room} />
                <div className="dialog-actions">
                  <Button className="button button-plain" autoFocus onPress={close}>
                    {t('live.keepGoing')}
                  </Button>
                  <Button
                    className="button button-live"
                    onPress={() => {
                      close()
                      onEnd()
                    }}
                  >
                    {t('live.endConfirm')}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}

function WhatEnds({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const startedAt = useRoomState(room, (state) => state.startedAt)
  const now = useNow(1_000)
  return (
    <p className="dim figures">
      {t('studio.endText', { count: viewers, time: clockOf(now - startedAt) })}
    </p>
  )
}
