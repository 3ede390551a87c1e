/** What only the host may do: start, and end after being asked. */
import type { LiveConnection } from '@odeon/sdk'
import { Radio, Square } from 'lucide-react'
import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { errorText } from '../frame/refusal-text.ts'
import { useRoomState } from './use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

export function HostTools({ room }: { room: LiveConnection }) {
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
        <EndTool onEnd={() => void ask(() => room.end())} isBusy={isBusy} />
      ) : null}
      {failed ? (
        <p className="toast" role="alert">
          {failed}
        </p>
      ) : null}
    </>
  )
}

function EndTool({ onEnd, isBusy }: { onEnd: () => void; isBusy: boolean }) {
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
                <p className="dim">{t('live.endText')}</p>
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
