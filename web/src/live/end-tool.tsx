/** Ends a room for everybody, after saying what ends. */
import type { LiveConnection } from '@odeon/sdk'
import { Square } from 'lucide-react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
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
                <WhatEnds room={room} isVoices={isVoices} />
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

function WhatEnds({ room, isVoices }: Pick<EndToolProps, 'room' | 'isVoices'>) {
  const { t } = useTranslation()
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const startedAt = useRoomState(room, (state) => state.startedAt)
  const now = useNow(1_000)
  return (
    <p className="dim figures">
      {t(isVoices ? 'floor.endText' : 'studio.endText', {
        count: viewers,
        time: clockOf(now - startedAt),
      })}
    </p>
  )
}
