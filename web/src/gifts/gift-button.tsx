/** Beside the message field: opens the tray of gifts, which is fetched when it is about to be. */
import { Gift, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { useOwnFeedVersion } from '../chat/use-feed-version.ts'
import { useYou } from '../chat/use-turn.ts'
import { ahead, later } from '../frame/later.tsx'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { giftRefusedText } from './gift-words.ts'

const loadTray = async () => (await import('./gift-tray.tsx')).GiftTray
const GiftTray = later(loadTray)
const fetchTray = ahead(loadTray)

export function GiftButton({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const { role } = useYou(feed.room)
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  // Nobody gives themself a gift.
  if (role === 'host') return null
  const press = () => {
    if (me?.kind !== 'account') return openSignIn('register')
    setOpen(!isOpen)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="gift-button"
        aria-label={t('gifts.open')}
        title={t('gifts.open')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={fetchTray}
        onFocus={fetchTray}
        onClick={press}
      >
        <Gift size={20} aria-hidden="true" />
      </button>
      {isOpen ? (
        <GiftTray feed={feed} button={button} onClose={() => setOpen(false)} />
      ) : (
        <GiftRefused feed={feed} />
      )}
    </>
  )
}

/** The tray says it itself while it is open. */
function GiftRefused({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  useOwnFeedVersion(feed)
  const { refused } = feed.gifts
  if (!refused) return null
  return (
    <div className="gift-refused" role="alert">
      <p>{giftRefusedText(t, refused)}</p>
      <button type="button" aria-label={t('app.close')} onClick={() => feed.gifts.forgetRefused()}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}
