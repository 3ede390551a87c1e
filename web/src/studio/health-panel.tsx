/** How the stream goes and how well it travels: viewers, and what is measured of what is sent. */
import type { LiveConnection, MediaFlow } from '@odeon/sdk'
import { Activity } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { EncoderLine } from './encoder-line.tsx'
import { bitrateOf, healthOf, isSettled, percentOf } from './health.ts'
import type { AirView } from './on-air.ts'
import { LiveTotals } from './studio-figures.tsx'

const measureEveryMs = 2_000

function useFlow(room: LiveConnection, isOn: boolean): MediaFlow | undefined {
  const [flow, setFlow] = useState<MediaFlow>()
  useEffect(() => {
    setFlow(undefined)
    if (!isOn) return
    let isGone = false
    const madeAt = Date.now()
    const measure = async () => {
      const { sent } = await room.media.stats()
      return isGone || !isSettled(madeAt, Date.now()) ? undefined : sent
    }
    // Rates are of the time since the last asking: the first has none.
    void measure()
    const timer = setInterval(() => void measure().then(setFlow), measureEveryMs)
    return () => {
      isGone = true
      clearInterval(timer)
    }
  }, [room, isOn])
  return flow
}

export function HealthPanel({ room, view }: { room: LiveConnection; view: AirView }) {
  const { t } = useTranslation()
  useRoomState(room, (state) => state.floor?.encoder)
  const { encoder } = room.floor
  return (
    <section className="desk-panel health" aria-labelledby="studio-health">
      <h2 id="studio-health">{t('studio.health.title')}</h2>
      <LiveTotals room={room} />
      {encoder ? <EncoderLine encoder={encoder} /> : null}
      {encoder && view.sending.size === 0 ? null : <FlowLine room={room} view={view} />}
    </section>
  )
}

/** What this page sends, measured here. */
function FlowLine({ room, view }: { room: LiveConnection; view: AirView }) {
  const { t } = useTranslation()
  const isOn = view.status === 'on' && view.sending.size > 0
  const measured = useFlow(room, isOn)
  const health = healthOf(view, measured)
  const flow = health === 'idle' ? undefined : measured
  const bitrate = flow && bitrateOf(flow.bitrateBps)
  return (
    <div className="health-line" data-health={health}>
      <p className="health-word" role="status">
        <Activity size={18} aria-hidden="true" />
        <strong>{t(`studio.health.${health}`)}</strong>
        <span className="dim">{t(`studio.health.hint.${health}`)}</span>
      </p>
      {flow ? (
        <dl className="health-figures figures">
          {bitrate ? (
            <div>
              <dt>{t('studio.health.bitrate')}</dt>
              <dd>{t(`studio.health.${bitrate.unit}`, { value: bitrate.value })}</dd>
            </div>
          ) : null}
          <div>
            <dt>{t('studio.health.loss')}</dt>
            <dd>{t('studio.health.percent', { value: percentOf(flow.lossShare) })}</dd>
          </div>
          {flow.rttMs === undefined ? null : (
            <div>
              <dt>{t('studio.health.trip')}</dt>
              <dd>{t('studio.health.ms', { value: Math.max(1, Math.round(flow.rttMs)) })}</dd>
            </div>
          )}
        </dl>
      ) : null}
    </div>
  )
}
