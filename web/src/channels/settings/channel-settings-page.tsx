/** The owner's page of a channel, in tabs; what is not saved is not lost by a wrong click. */
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorText } from '../../frame/refusal-text.ts'
import { StatePage } from '../../frame/state-page.tsx'
import { useTitle } from '../../frame/use-title.ts'
import { odeon } from '../../session/odeon.ts'
import { useSession } from '../../session/use-session.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { channelKey, useChannel } from '../use-channel.ts'
import { settingsTabs } from './settings-tabs.ts'
import { settingsViews } from './settings-views.ts'

const from = '/channel/$handle/settings'

export function ChannelSettingsPage() {
  const { t } = useTranslation()
  const { handle } = useParams({ from })
  const { tab } = useSearch({ from })
  const { me, isStarting } = useSession()
  const { data: channel, isError } = useChannel(handle)
  useTitle(t('owner.title'))
  if (isStarting || (!channel && !isError)) {
    return <div className="page page-narrow skeleton past-skeleton" aria-busy="true" />
  }
  if (!channel && me?.username === handle) return <OpenOwnChannel handle={handle} />
  if (!channel || me?.id !== channel.ownerId) {
    return (
      <StatePage title={t('owner.notYoursTitle')} text={t('owner.notYoursText')}>
        <Link to="/channel/$handle" params={{ handle }} className="button button-primary">
          {t('owner.toChannel')}
        </Link>
      </StatePage>
    )
  }
  const View = settingsViews[tab]
  return (
    <div className="page owner">
      <div className="owner-head">
        <h1>{t('owner.title')}</h1>
        <Link to="/channel/$handle" params={{ handle }} className="button button-plain">
          {t('owner.toChannel')}
        </Link>
      </div>
      <nav className="owner-tabs" aria-label={t('owner.tabs')}>
        {settingsTabs.map((name) => (
          <Link
            key={name}
            ref={name === tab ? intoView : undefined}
            from={from}
            to="."
            search={{ tab: name }}
            replace
            className="owner-tab"
          >
            {t(`owner.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="owner-body">
        <View channel={channel} />
      </div>
    </div>
  )
}

/** Before the first stream: the channel opens on request, to be dressed in peace. */
function OpenOwnChannel({ handle }: { handle: string }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const opening = useMutation({
    mutationFn: () => odeon.channels.update(handle, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: channelKey(handle) }),
  })
  return (
    <StatePage title={t('owner.openTitle')} text={t('owner.openText')}>
      <button
        type="button"
        className="button button-primary"
        disabled={opening.isPending}
        onClick={() => opening.mutate()}
      >
        {t('owner.open')}
      </button>
      {opening.isError ? (
        <p className="notice notice-bad" role="alert">
          {errorText(t, opening.error)}
        </p>
      ) : null}
    </StatePage>
  )
}

/** On a narrow window the tabs scroll: the chosen one is in sight. */
function intoView(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' })
}
