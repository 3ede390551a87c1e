/** A list of another channel that this one follows: how, what came of it, and the way out. */
import type { BanList } from '@odeon/sdk'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { AskButton } from '../../frame/ask-button.tsx'
import { ListEntries } from './list-entries.tsx'
import { ListHead } from './list-head.tsx'
import { ListMode } from './list-mode.tsx'
import { listErrorText, useListWork } from './use-lists.ts'

export function FollowedList({ handle, list }: { handle: string; list: BanList }) {
  const { t } = useTranslation()
  const work = useListWork(handle)
  const { id, name } = list
  return (
    <li className="list">
      <ListHead list={list}>
        <AskButton
          className="button button-plain"
          label={t('lists.stopOf', { name })}
          title={t('lists.stopTitle', { name })}
          text={t('lists.stopText')}
          act={t('lists.stop')}
          onAct={() => work.mutate(() => odeon.channels.banLists.unfollow(handle, id))}
        >
          {t('lists.stop')}
        </AskButton>
      </ListHead>
      {work.error ? (
        <p className="notice notice-bad" role="alert">
          {listErrorText(t, work.error, 'follows')}
        </p>
      ) : null}
      <ListMode handle={handle} list={list} />
      <ListEntries handle={handle} list={list} />
    </li>
  )
}
