/** Other sites that the channel's streams are sent on to: put in, turned on and off, taken out. */
import type { Destination } from '@odeon/sdk'
import { Trash2 } from 'lucide-react'
import { Switch } from 'react-aria-components'
import { errorText } from '../../frame/refusal-text.ts'
import { timeOf } from '../../frame/when.ts'
import { odeon } from '../../session/odeon.ts'
import { type TFunction, useTranslation } from '../../text/use-translation.ts'
import { AskButton } from '../../frame/ask-button.tsx'
import { BroadcastPanel } from './broadcast-panel.tsx'
import { DestinationForm } from './destination-form.tsx'
import { useBroadcastWork, useDestinations } from './use-broadcast.ts'

export function DestinationsPanel({ handle }: { handle: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useDestinations(handle)
  const isOffered = data?.isOffered
  return (
    <BroadcastPanel
      id="destinations"
      title={t('broadcast.sites')}
      text={t('broadcast.sitesText')}
      error={error}
      onRetry={() => void refetch()}
    >
      {data ? (
        <>
          {isOffered ? null : <p className="notice">{t('broadcast.noEgress')}</p>}
          {data.destinations.map((destination) => (
            <Site key={destination.id} handle={handle} destination={destination} />
          ))}
          {isOffered && data.destinations.length === 0 ? (
            <p className="dim owner-lead">{t('broadcast.noSites')}</p>
          ) : null}
          {isOffered && data.destinations.length < data.destinationsMax ? (
            <DestinationForm handle={handle} />
          ) : null}
        </>
      ) : undefined}
    </BroadcastPanel>
  )
}

function Site({ handle, destination }: { handle: string; destination: Destination }) {
  const { t, i18n } = useTranslation()
  const work = useBroadcastWork<unknown>(handle)
  const { id, name, address, keyEnd, isOn, output } = destination
  const change = (by: { isOn?: boolean; again?: true }) =>
    work.mutate(() => odeon.channels.outputs.change(handle, id, by))
  return (
    <div className="broadcast-item" role="group" aria-label={name}>
      <div className="broadcast-head">
        <h3>{name}</h3>
        <Switch
          className="mode-toggle"
          isSelected={isOn}
          isDisabled={work.isPending}
          onChange={(next) => change({ isOn: next })}
        >
          {t('broadcast.send')}
          <span className="switch" aria-hidden="true" />
        </Switch>
        <AskButton
          className="button button-quiet button-icon"
          label={t('broadcast.removeOf', { name })}
          title={t('broadcast.removeTitle', { name })}
          text={t('broadcast.removeText')}
          act={t('broadcast.remove')}
          onAct={() => work.mutate(() => odeon.channels.outputs.remove(handle, id))}
        >
          <Trash2 size={17} aria-hidden="true" />
        </AskButton>
      </div>
      <p className="broadcast-address">
        <code className="figures">{address}</code>{' '}
        <span className="dim figures">{t('broadcast.keyEnd', { end: keyEnd })}</span>
      </p>
      {output ? (
        <p className="broadcast-state" data-state={output.state} role="status">
          {whyOrHow(t, output, i18n.language)}
          {output.problem === '' ? null : <span className="dim">{` ${output.problem}`}</span>}{' '}
          {output.state === 'failed' ? (
            <button type="button" className="link-button" onClick={() => change({ again: true })}>
              {t('app.retry')}
            </button>
          ) : null}
        </p>
      ) : null}
      {work.error ? (
        <p className="notice notice-bad" role="alert">
          {errorText(t, work.error)}
        </p>
      ) : null}
    </div>
  )
}

type Output = NonNullable<Destination['output']>

function whyOrHow(t: TFunction, { state, refused, nextAt }: Output, language: string): string {
  if (refused === 'no_room') return t('broadcast.noRoom')
  if (refused === null || nextAt === null) return t(`broadcast.output.${state}`)
  return t('broadcast.spent', { time: timeOf(nextAt, language) })
}
