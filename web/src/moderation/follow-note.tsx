/** Since when somebody follows the channel: one's own to oneself, that of others to the crew. */
import type { LiveConnection } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { useYou } from '../chat/use-turn.ts'
import { useNow } from '../frame/use-now.ts'
import { agoOf, dateOf } from '../frame/when.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'

export function FollowNote({ room, userId }: { room: LiveConnection; userId: string }) {
  const { t, i18n } = useTranslation()
  const now = useNow(60_000)
  const you = useYou(room)
  const handle = useRoomState(room, (state) => state.channel)
  const isMe = you.id === userId
  const isCrew = you.role !== 'viewer'
  const { data } = useQuery({
    queryKey: ['crew-person', handle, userId],
    queryFn: () => odeon.channels.person(handle, userId),
    enabled: isCrew && !isMe,
  })
  if (isMe && you.role === 'host') return null
  const followedAt = isMe ? you.standing.followedAt : data?.followedAt
  if (followedAt === undefined) return null
  if (followedAt === null) return <p className="person-follow">{t('person.followsNot')}</p>
  const time = agoOf(followedAt, now, i18n.language, t('time.justNow'))
  return (
    <p className="person-follow" title={dateOf(followedAt, i18n.language)}>
      {t('person.followsSince', { time })}
    </p>
  )
}
