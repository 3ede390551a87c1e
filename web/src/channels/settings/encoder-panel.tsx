/** Stream keys: made, shown once, reset, taken back; and whether an encoder sends by one. */
import type { EncoderKey, EncoderProtocol } from '@odeon/sdk'
import { useState } from 'react'
import { errorText } from '../../frame/refusal-text.ts'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { AskButton } from '../../frame/ask-button.tsx'
import { BroadcastPanel } from './broadcast-panel.tsx'
import { ShownOnce } from './shown-once.tsx'
import { useBroadcastWork, useEncoders } from './use-broadcast.ts'

export function EncoderPanel({ handle }: { handle: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useEncoders(handle)
  return (
    <BroadcastPanel
      id="encoders"
      title={t('broadcast.keys')}
      text={t('broadcast.keysText')}
      error={error}
      onRetry={() => void refetch()}
    >
      {data?.protocols.length === 0 ? (
        <p className="notice">{t('broadcast.noIngress')}</p>
      ) : (
        data?.protocols.map((protocol) => (
          <OneKey
            key={protocol}
            handle={handle}
            protocol={protocol}
            made={data.keys.find((key) => key.protocol === protocol)}
          />
        ))
      )}
    </BroadcastPanel>
  )
}

interface OneKeyProps {
  handle: string
  protocol: EncoderProtocol
  made: EncoderKey | undefined
}

function OneKey({ handle, protocol, made }: OneKeyProps) {
  const { t } = useTranslation()
  const [key, setKey] = useState<string>()
  const work = useBroadcastWork<string | undefined>(handle)
  const make = () =>
    work.mutate(async () => (await odeon.channels.encoders.makeKey(handle, protocol)).key, {
      onSuccess: setKey,
    })
  const revoke = () =>
    work.mutate(
      async () => {
        await odeon.channels.encoders.revokeKey(handle, protocol)
        return undefined
      },
      { onSuccess: setKey },
    )
  const name = t(`broadcast.protocol.${protocol}`)
  return (
    <div className="broadcast-item" role="group" aria-label={name}>
      <h3>{name}</h3>
      {made ? <Standing made={made} /> : <p className="dim">{t('broadcast.noKey')}</p>}
      {key === undefined ? (
        <div className="picture-buttons">
          {made ? (
            <>
              <AskButton
                className="button button-plain"
                title={t('broadcast.resetTitle')}
                text={t('broadcast.resetText')}
                act={t('broadcast.reset')}
                onAct={make}
              >
                {t('broadcast.reset')}
              </AskButton>
              <AskButton
                className="button button-plain"
                title={t('broadcast.revokeTitle')}
                text={t('broadcast.revokeText')}
                act={t('broadcast.revoke')}
                onAct={revoke}
              >
                {t('broadcast.revoke')}
              </AskButton>
            </>
          ) : (
            <button
              type="button"
              className="button button-primary"
              disabled={work.isPending}
              onClick={make}
            >
              {t('broadcast.make')}
            </button>
          )}
        </div>
      ) : (
        <ShownOnce secret={key} onForget={() => setKey(undefined)}>
          <strong>{t('broadcast.keyTitle')}</strong> {t('broadcast.keyOnce')}
        </ShownOnce>
      )}
      {work.error ? (
        <p className="notice notice-bad" role="alert">
          {errorText(t, work.error)}
        </p>
      ) : null}
    </div>
  )
}

function Standing({ made }: { made: EncoderKey }) {
  const { t } = useTranslation()
  const { connection, video, streamId, problem } = made
  const isIdle = connection === 'away' && streamId === null
  return (
    <>
      <p className="broadcast-address">
        <span className="dim">{t('broadcast.server')}</span>{' '}
        <code className="figures">{made.address}</code>
      </p>
      <p className="broadcast-state" data-state={connection}>
        {t(isIdle ? 'broadcast.closed' : `broadcast.connection.${connection}`)}
        {connection === 'sending' && video ? (
          <span className="dim figures">{` ${video.width} × ${video.height}`}</span>
        ) : null}
        {problem === '' ? null : <span className="dim">{` ${problem}`}</span>}
      </p>
    </>
  )
}
