/** What a list does in one's own chat: mark, ban, and of one's own lists also nothing. */
import type { BanList } from '@odeon/sdk'
import { useId, useState } from 'react'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { listErrorText, useListWork } from './use-lists.ts'
import { Caused } from './list-head.tsx'

const modes = ['off', 'mark', 'ban'] as const

interface ListModeProps {
  handle: string
  list: BanList
  /** One's own can be left alone without being given up. */
  mayBeOff?: boolean
}

export function ListMode({ handle, list, mayBeOff = false }: ListModeProps) {
  const { t } = useTranslation()
  const work = useListWork(handle)
  const group = useId()
  const { banLists } = odeon.channels
  const [wanted, setWanted] = useState<(typeof modes)[number]>('off')
  // Shown at once; what it was is back if it is refused.
  const shown = work.isPending ? wanted : (list.mode ?? 'off')
  const choose = (mode: typeof wanted) => {
    setWanted(mode)
    work.mutate(() =>
      mode === 'off' ? banLists.unfollow(handle, list.id) : banLists.follow(handle, list.id, mode),
    )
  }
  return (
    <div className="list-mode">
      <fieldset className="choices list-choices">
        <legend className="unseen">{t('lists.hereOf', { name: list.name })}</legend>
        {modes.slice(mayBeOff ? 0 : 1).map((mode) => (
          <label key={mode} className="list-choice">
            <input
              type="radio"
              name={group}
              checked={shown === mode}
              onChange={() => choose(mode)}
            />
            {t(`lists.mode.${mode}`)}
          </label>
        ))}
      </fieldset>
      <Caused list={list} />
      {work.error ? (
        <p className="notice notice-bad" role="alert">
          {listErrorText(t, work.error, 'follows')}
        </p>
      ) : null}
    </div>
  )
}
