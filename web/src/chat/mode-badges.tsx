/** How one may chat now, in plain words over the field, and what one can do to be allowed to. */
import { Gem, Hourglass, Repeat2, Smile, Timer, UserCheck } from 'lucide-react'
import { useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { errorText } from '../frame/refusal-text.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'
import { minutesText, modeTexts } from './mode-texts.ts'
import type { Turn } from './use-turn.ts'

const signs = {
  slowSeconds: Timer,
  followersMinutes: UserCheck,
  subscribersOnly: Gem,
  emoteOnly: Smile,
  unique: Repeat2,
  delaySeconds: Hourglass,
}

export function ModeBadges({ feed, turn }: { feed: ChatFeed; turn: Turn }) {
  const { t } = useTranslation()
  // The delay is the crew's matter: to others lines are simply there.
  const texts = modeTexts(t, turn.modes).filter(
    ({ mode }) => turn.isCrew || mode !== 'delaySeconds',
  )
  if (texts.length === 0) return null
  return (
    <div className="modes">
      <ul className="mode-badges" aria-label={t('modes.label')}>
        {texts.map(({ mode, text }) => {
          const Sign = signs[mode]
          return (
            <li
              key={mode}
              className="mode-badge"
              title={turn.isCrew ? t('modes.exempt') : undefined}
            >
              <Sign size={13} aria-hidden="true" />
              {text}
            </li>
          )
        })}
      </ul>
      <Barred feed={feed} turn={turn} />
    </div>
  )
}

function Barred({ feed, turn }: { feed: ChatFeed; turn: Turn }) {
  const { t } = useTranslation()
  if (turn.barred === 'not_following') return <FollowFirst feed={feed} />
  if (turn.barred === 'followed_too_short') {
    const minutes = Math.max(1, Math.ceil((turn.mayFromMs - turn.now) / 60_000))
    const time = minutesText(t, minutes)
    const of = minutesText(t, turn.modes.followersMinutes)
    return <p className="mode-note">{t('modes.followOn', { time, of })}</p>
  }
  return null
}

function FollowFirst({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const handle = useRoomState(feed.room, (state) => state.channel)
  const name = useRoomState(feed.room, (state) => state.name)
  const [failed, setFailed] = useState<string>()
  const follow = () => {
    if (me?.kind !== 'account') return openSignIn('register')
    odeon.channels.follow(handle).then(
      () => setFailed(undefined),
      (error: unknown) => setFailed(errorText(t, error)),
    )
  }
  return (
    <p className="mode-note">
      {t('modes.followFirst', { name: name || handle })}{' '}
      <button type="button" className="link-button" onClick={follow}>
        {t('modes.follow')}
      </button>
      {failed ? <span className="composer-refused"> {failed}</span> : null}
    </p>
  )
}
