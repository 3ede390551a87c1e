/** A picture of the channel: chosen, moved behind its frame, sent, or taken away. */
import type { ChannelPage } from '@odeon/sdk'
import { ImageUp } from 'lucide-react'
import { useRef } from 'react'
import { Avatar } from '../../stage/avatar.tsx'
import { useTranslation } from '../../text/use-translation.ts'
import { PictureCrop } from './picture-crop.tsx'
import { SendProgress } from './send-progress.tsx'
import { type PictureOf, usePicture } from './use-picture.ts'

const accepted = 'image/png,image/webp,image/gif,image/jpeg'

export function PictureField({ channel, of }: { channel: ChannelPage; of: PictureOf }) {
  const { t } = useTranslation()
  const url = of === 'avatar' ? channel.avatarUrl : channel.bannerUrl
  const input = useRef<HTMLInputElement>(null)
  const chosen = usePicture(channel, of)
  const { preview, failed, isBusy, isSending } = chosen
  return (
    <section className="panel picture" aria-labelledby={`picture-${of}`} aria-busy={isBusy}>
      <h2 id={`picture-${of}`}>{t(`owner.${of}`)}</h2>
      <div className="picture-row" data-of={of}>
        {preview ? (
          <PictureCrop
            src={preview}
            aspect={chosen.aspect}
            crop={chosen.crop}
            size={chosen.size}
            picture={chosen.picture}
            onSize={chosen.setSize}
            onCrop={chosen.setCrop}
          />
        ) : (
          <Shown channel={channel} of={of} />
        )}
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
              chosen.choose(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <Buttons chosen={chosen} isThere={url !== null} onPick={() => input.current?.click()} />
          {isSending ? <SendProgress sent={chosen.sent} /> : null}
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

interface ButtonsProps {
  chosen: ReturnType<typeof usePicture>
  isThere: boolean
  onPick: () => void
}

function Buttons({ chosen, isThere, onPick }: ButtonsProps) {
  const { t } = useTranslation()
  return (
    <div className="picture-buttons">
      {chosen.file ? (
        <button
          type="button"
          className="button button-primary"
          aria-disabled={chosen.isBusy || undefined}
          onClick={() => !chosen.isBusy && chosen.send()}
        >
          {chosen.isBusy ? t('owner.sending') : t('owner.use')}
        </button>
      ) : null}
      <button type="button" className="button button-plain" onClick={onPick}>
        <ImageUp size={18} aria-hidden="true" />
        {t('owner.choose')}
      </button>
      {chosen.file || isThere ? (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => (chosen.file ? chosen.choose(undefined) : chosen.takeAway())}
        >
          {chosen.file ? t('app.cancel') : t('owner.takeAway')}
        </button>
      ) : null}
    </div>
  )
}

/** As it is now. */
function Shown({ channel, of }: { channel: ChannelPage; of: PictureOf }) {
  const { handle, name, avatarUrl, bannerUrl } = channel
  if (of === 'avatar') return <Avatar id={handle} name={name} size={96} picture={avatarUrl} />
  if (bannerUrl) return <img className="picture-preview" src={bannerUrl} alt="" />
  return <span className="picture-preview picture-none" />
}
