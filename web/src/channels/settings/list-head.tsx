/** One list in a row of lists: its name, whose it is, how many are on it, how many follow it. */
import type { BanList } from '@odeon/sdk'
import type { ReactNode } from 'react'
import { useTranslation } from '../../text/use-translation.ts'

interface ListHeadProps {
  list: BanList
  isOwn?: boolean
  children?: ReactNode
}

export function ListHead({ list, isOwn = false, children }: ListHeadProps) {
  const { t } = useTranslation()
  const { name, about, entries, subscribers, isPublished, channel } = list
  const whose = isOwn
    ? t(isPublished ? 'lists.published' : 'lists.private')
    : t('lists.by', { name: channel.name })
  return (
    <div className="list-head">
      <div>
        <h3>{name}</h3>
        <p className="list-facts dim figures">
          <span>{whose}</span>
          <span>{t('lists.people', { count: entries })}</span>
          {subscribers > 0 ? <span>{t('lists.followers', { count: subscribers })}</span> : null}
        </p>
        {about ? <p className="list-about">{about}</p> : null}
      </div>
      {children ? <div className="list-tools">{children}</div> : null}
    </div>
  )
}

/** What it causes in the channel that looks at it. */
export function Caused({ list: { mode, entries, bans } }: { list: BanList }) {
  const { t } = useTranslation()
  return (
    <p className="list-caused" role="status" data-mode={mode ?? 'off'}>
      {mode === null
        ? t('lists.caused.off')
        : t(`lists.caused.${mode}`, { count: mode === 'ban' ? bans : entries })}
    </p>
  )
}
