/** The one button that matters before the stream, and the question when nothing would be sent. */
import { Radio } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { AirView, OnAir } from './on-air.ts'

interface GoLiveToolProps {
  air: OnAir
  view: AirView
  /** Something stands in the way. */
  isHeld: boolean
  /** Picture and sound are away: there is chat alone to go live with. */
  isAway: boolean
}

export function GoLiveTool({ air, view, isHeld, isAway }: GoLiveToolProps) {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const isBusy = view.busy === 'starting'
  const press = () => {
    if (isHeld || isBusy) return
    const { camera, microphone } = air.wanted
    const isBare = camera === null && microphone === null
    const { encoder } = air.room.floor
    const hasEncoder = encoder !== undefined && (encoder.hasPicture || encoder.hasSound)
    if (isAway || (isBare && !hasEncoder)) setAsked(true)
    else void air.start(isBare)
  }
  return (
    <>
      <button
        type="button"
        className="button button-live host-tool"
        aria-disabled={isBusy || isHeld || undefined}
        onClick={press}
      >
        <Radio size={18} aria-hidden="true" />
        {isBusy ? `${t('studio.goingLive')}…` : t('studio.goLive')}
      </button>
      <DialogCard
        title={t('studio.bareTitle')}
        text={t(isAway ? 'studio.bareAwayText' : 'studio.bareText')}
        isAlert
        isOpen={isAsked}
        onClose={() => setAsked(false)}
      >
        <div className="dialog-actions">
          <Button className="button button-plain" autoFocus onPress={() => setAsked(false)}>
            {t('studio.bareNo')}
          </Button>
          <Button
            className="button button-live"
            onPress={() => {
              setAsked(false)
              void air.start(true)
            }}
          >
            {t('studio.bareYes')}
          </Button>
        </div>
      </DialogCard>
    </>
  )
}
