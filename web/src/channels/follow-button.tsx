/** Follow, at once; and for a moment after letting go, the way back. */
import { Check, Heart } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { errorText } from '../frame/refusal-text.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useFollow } from './use-channel.ts'

const undoMs = 8_000

export function FollowButton(props: { handle: string; name: string; isFollowing: boolean }) {
  const { handle, name, isFollowing } = props
  const { t } = useTranslation()
  const { me } = useSession()
  const follow = useFollow(handle)
  const [hasLeft, setLeft] = useState(false)
  useEffect(() => {
    if (!hasLeft) return
    const timer = setTimeout(() => setLeft(false), undoMs)
    return () => clearTimeout(timer)
  }, [hasLeft])

  if (me?.username === handle) return null
  const ask = (wanted: boolean) => {
    if (me?.kind !== 'account') return openSignIn('register')
    setLeft(!wanted)
    follow.mutate(wanted)
  }
  return (
    <>
      <button
        type="button"
        className={isFollowing ? 'button button-plain tool' : 'button button-primary tool'}
        aria-pressed={isFollowing}
        aria-label={t(isFollowing ? 'channel.followingName' : 'channel.followName', { name })}
        onClick={() => ask(!isFollowing)}
      >
        {isFollowing ? (
          <Check size={18} aria-hidden="true" />
        ) : (
          <Heart size={18} aria-hidden="true" />
        )}
        <span>{isFollowing ? t('channel.following') : t('channel.follow')}</span>
      </button>
      <div className={hasLeft || follow.isError ? 'said' : 'unseen'} role="status">
        {follow.isError ? errorText(t, follow.error) : null}
        {hasLeft && !follow.isError ? (
          <>
            {t('channel.left', { name })}{' '}
            <button type="button" className="link-button" onClick={() => ask(true)}>
              {t('channel.undo')}
            </button>
          </>
        ) : null}
      </div>
    </>
  )
}
