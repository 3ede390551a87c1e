/** Shared ban lists: those one keeps, those one follows, and those that others have published. */
import type { ChannelPage } from '@odeon/sdk'
import { useTranslation } from '../../text/use-translation.ts'
import { FindLists } from './find-lists.tsx'
import { FollowedList } from './followed-list.tsx'
import { ListForm } from './list-form.tsx'
import { Lists } from './lists.tsx'
import { OwnList } from './own-list.tsx'

export function ListsTab({ channel: { handle } }: { channel: ChannelPage }) {
  const { t } = useTranslation()
  return (
    <>
      <section className="panel" aria-labelledby="own-lists">
        <h2 id="own-lists">{t('lists.own')}</h2>
        <p className="dim owner-lead">{t('lists.ownText')}</p>
        <Lists handle={handle} of="own" none={t('lists.ownNone')}>
          {(list) => <OwnList key={list.id} handle={handle} list={list} />}
        </Lists>
        <ListForm handle={handle} />
      </section>
      <section className="panel" aria-labelledby="followed-lists">
        <h2 id="followed-lists">{t('lists.followed')}</h2>
        <ul className="dim owner-lead lists-modes">
          <li>{t('lists.modeText.mark')}</li>
          <li>{t('lists.modeText.ban')}</li>
        </ul>
        <Lists
          handle={handle}
          of="followed"
          none={t('lists.followedNone')}
          isShown={(list) => list.channel.handle !== handle}
        >
          {(list) => <FollowedList key={list.id} handle={handle} list={list} />}
        </Lists>
      </section>
      <FindLists handle={handle} />
    </>
  )
}
