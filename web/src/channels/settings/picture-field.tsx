/** A picture of the channel: chosen, seen as it will be cut, sent, or taken away. */
import type { ChannelPage } from '@odeon/sdk'
import { ImageUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { odeon } from '../../session/odeon.ts'
import { Avatar } from '../../stage/avatar.tsx'
import { useTranslation } from '../../text/use-translation.ts'
import { useChange } from './use-change.ts'

const accepted = 'image/png,image/webp,image/gif,image/jpeg'
const bytesMax = 10 * 1_024 * 1_024

export function PictureField({ channel, of }: { channel: ChannelPage; of: 'avatar' | 'banner' }) {
  const { t } = useTranslation()
  const { handle } = channel
  const url = of === 'avatar' ? channel.avatarUrl : channel.bannerUrl
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File>()
  const preview = usePreview(file)
  const [wrong, setWrong] = useState<string>()
  const put = useChange(handle, () => {
    if (!file) throw new Error('nothing was chosen')
    return odeon.channels[of === 'avatar' ? 'setAvatar' : 'setBanner'](handle, file)
  })
  const remove = useChange(handle, () =>
    odeon.channels[of === 'avatar' ? 'removeAvatar' : 'removeBanner'](handle),
  )
  const choose = (chosen: File | undefined) => {
    put.reset()
    const isTooLarge = chosen !== undefined && chosen.size > bytesMax
    setWrong(isTooLarge ? t('owner.tooLarge') : undefined)
    setFile(isTooLarge ? undefined : chosen)
  }
  const failed = wrong ?? put.failed ?? remove.failed
  const isBusy = put.isPending || remove.isPending
  return (
    <section className="panel picture" aria-labelledby={`picture-${of}`} aria-busy={isBusy}>
      <h2 id={`picture-${of}`}>{t(`owner.${of}`)}</h2>
      <div className="picture-row" data-of={of}>
        <Shown channel={channel} of={of} preview={preview} />
        <div className="picture-tools">
          <p className="field-hint">{t(`owner.${of}Hint`)}</p>
          <input
            ref={input}
            type="file"
            accept={accepted}
            className="unseen"
            tabIndex={-1}
            aria-label={t(`owner.${of}`)}
            onChange={(event) => {
              choose(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <div className="picture-buttons">
            {file ? (
              <button
                type="button"
                className="button button-primary"
                aria-disabled={isBusy || undefined}
                onClick={() => !isBusy && put.mutate({}, { onSuccess: () => setFile(undefined) })}
              >
                {isBusy ? t('owner.sending') : t('owner.use')}
              </button>
            ) : null}
            <button
              type="button"
              className="button button-plain"
              onClick={() => input.current?.click()}
            >
              <ImageUp size={18} aria-hidden="true" />
              {t('owner.choose')}
            </button>
            {file || url ? (
              <button
                type="button"
                className="button button-quiet"
                onClick={() => (file ? choose(undefined) : remove.mutate({}))}
              >
                {file ? t('app.cancel') : t('owner.takeAway')}
              </button>
            ) : null}
          </div>
          {put.isPending ? <progress aria-label={t('owner.sending')} /> : null}
          {failed ? (
            <p className="field-wrong" role="alert">
              {failed}
            </p>
          ) : null}
        </div>
      </div>
    </section>
  )
}

/** As it is, or as it will be. */
function Shown(props: {
  channel: ChannelPage
  of: 'avatar' | 'banner'
  preview: string | undefined
}) {
  const { channel, of, preview } = props
  const { t } = useTranslation()
  const { handle, name, avatarUrl, bannerUrl } = channel
  if (preview) return <img className="picture-preview" src={preview} alt={t('owner.preview')} />
  if (of === 'avatar') return <Avatar id={handle} name={name} size={96} picture={avatarUrl} />
  if (bannerUrl) return <img className="picture-preview" src={bannerUrl} alt="" />
  return <span className="picture-preview picture-none" />
}

/** The chosen file as an address the page may show, for as long as it is chosen. */
function usePreview(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!file) return undefined
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => {
      URL.revokeObjectURL(made)
      setUrl(undefined)
    }
  }, [file])
  return url
}
