/** What one may do about a channel besides following: share, report, block. */
import type { ChannelPage } from '@odeon/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ban, Ellipsis, Flag, Link2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { errorText } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'

const ReportDialog = lazy(async () => ({
  default: (await import('../moderation/report-dialog.tsx')).ReportDialog,
}))

export function ChannelMenu({ channel }: { channel: ChannelPage }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const [said, setSaid] = useState<string>()
  const [isReporting, setReporting] = useState(false)
  const block = useBlock(channel.ownerId)
  const asAccount = (act: () => void) => () =>
    me?.kind === 'account' ? act() : openSignIn('signIn')
  const copy = () =>
    navigator.clipboard.writeText(`${location.origin}/channel/${channel.handle}`).then(
      () => setSaid(t('live.copied')),
      () => setSaid(t('live.copyFailed')),
    )
  const text = block.error ? errorText(t, block.error) : said
  return (
    <>
      <MenuTrigger>
        <Button className="button button-plain button-icon" aria-label={t('channel.more_menu')}>
          <Ellipsis size={20} aria-hidden="true" />
        </Button>
        <Popover className="menu-popover" placement="bottom end" offset={8}>
          <Menu className="menu" aria-label={t('channel.more_menu')}>
            <MenuItem className="menu-item" onAction={() => void copy()}>
              <Link2 size={18} aria-hidden="true" />
              {t('channel.copyLink')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => setReporting(true)}>
              <Flag size={18} aria-hidden="true" />
              {t('channel.report', { name: channel.name })}
            </MenuItem>
            <MenuItem className="menu-item" onAction={asAccount(() => block.toggle())}>
              <Ban size={18} aria-hidden="true" />
              {block.isBlocked
                ? t('channel.unblock', { name: channel.name })
                : t('channel.block', { name: channel.name })}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <p className={text ? 'said' : 'unseen'} role="status">
        {text}
      </p>
      {isReporting ? (
        <Suspense>
          <ReportDialog
            target={{ targetType: 'content', targetId: channel.id }}
            name={channel.name}
            onSent={() => setSaid(t('notice.reported'))}
            onClose={() => setReporting(false)}
          />
        </Suspense>
      ) : null}
    </>
  )
}

function useBlock(userId: string) {
  const { me } = useSession()
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: ['blocks'],
    queryFn: () => odeon.me.blocks.list(),
    enabled: me?.kind === 'account',
  })
  const isBlocked = data?.some(({ user }) => user.id === userId) ?? false
  const change = useMutation({
    mutationFn: async (wanted: boolean) => {
      if (wanted) await odeon.me.blocks.add(userId)
      else await odeon.me.blocks.remove(userId)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['blocks'] }),
  })
  return { isBlocked, error: change.error, toggle: () => change.mutate(!isBlocked) }
}
