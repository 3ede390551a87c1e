/** Bringing others in: the link, and a second viewer in a window of its own. */
import { Check, Share2, UserRoundPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'

export function ShareTools(props: {
  streamId: string
  title: string
  hostName: string
  /** After the end there is nothing to join as a second viewer. */
  isOver?: boolean
}) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<string>()
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(undefined), 2_400)
    return () => clearTimeout(timer)
  }, [said])

  const url = `${location.origin}/live/${props.streamId}`
  const share = async () => {
    const text = t('live.shareText', { title: props.title, name: props.hostName })
    const isTouch = matchMedia('(pointer: coarse)').matches
    try {
      // A phone's own sheet is better than a copied link; elsewhere the link is what people want.
      if (isTouch && 'share' in navigator) await navigator.share({ title: props.title, text, url })
      else {
        await navigator.clipboard.writeText(url)
        setSaid(t('live.copied'))
      }
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError'))
        setSaid(t('live.copyFailed'))
    }
  }

  return (
    <>
      {props.isOver ? null : (
        <a
          className="button button-plain tool tool-second"
          href={`/live/${props.streamId}?as=guest`}
          target="_blank"
          rel="noopener"
          title={t('live.secondHint')}
          aria-label={t('live.second')}
        >
          <UserRoundPlus size={18} aria-hidden="true" />
          <span>{t('live.secondShort')}</span>
        </a>
      )}
      <button type="button" className="button button-plain tool" onClick={() => void share()}>
        {said ? <Check size={18} aria-hidden="true" /> : <Share2 size={18} aria-hidden="true" />}
        <span>{t('live.share')}</span>
      </button>
      <p className={said ? 'toast' : 'unseen'} role="status">
        {said}
      </p>
    </>
  )
}
