/** Who a channel is: banner, face, name, how many follow; and what one may do about it. */
import type { ChannelPage } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { Settings2 } from 'lucide-react'
import { Chip } from '../frame/chip.tsx'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { ChannelMenu } from './channel-menu.tsx'
import { FollowButton } from './follow-button.tsx'

export function ChannelHead({ channel, isOwner }: { channel: ChannelPage; isOwner: boolean }) {
  const { t } = useTranslation()
  const { handle, name, avatarUrl, category, followers, isFollowing, liveStreamId } = channel
  return (
    <header className="channel-head">
      <Banner channel={channel} />
      <div className="channel-who">
        <span className="channel-face" data-live={liveStreamId ? true : undefined}>
          <Avatar id={handle} name={name} size={112} picture={avatarUrl} />
        </span>
        <div className="channel-name">
          <h1>{name}</h1>
          <p className="dim">
            <span>@{handle}</span>
            <span className="channel-followers">
              <RollingNumber value={followers} /> {t('channel.followersWord', { count: followers })}
            </span>
            <Chip category={category} />
          </p>
        </div>
        <div className="channel-tools">
          {isOwner ? (
            <Link
              to="/channel/$handle/settings"
              params={{ handle }}
              search={{ tab: 'profile' }}
              className="button button-plain"
            >
              <Settings2 size={18} aria-hidden="true" />
              {t('channel.edit')}
            </Link>
          ) : (
            <>
              <FollowButton handle={handle} name={name} isFollowing={isFollowing} />
              <ChannelMenu channel={channel} />
            </>
          )}
        </div>
      </div>
    </header>
  )
}

function Banner({ channel }: { channel: ChannelPage }) {
  const { handle, name, bannerUrl, liveStreamId } = channel
  return (
    <div className="channel-banner" aria-hidden="true">
      {bannerUrl ? (
        <img src={bannerUrl} alt="" width={1500} height={500} />
      ) : (
        <Stage
          channelId={handle}
          hostName={name}
          phase={liveStreamId ? 'live' : 'ended'}
          viewers={0}
          small
        />
      )}
    </div>
  )
}
