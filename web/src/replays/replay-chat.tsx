/** The chat as it scrolled by: nobody writes, all else is as it was; what is gone is gone. */
import type { LiveReplay } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { Pin } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { linesOf } from '../chat/chat-feed.ts'
import { ChatLine } from '../chat/chat-line.tsx'
import { LineText } from '../chat/line-text.tsx'
import { rowsOf } from '../chat/lines.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useReplayState } from './use-replay.ts'

const rowsMax = 120
const nearPx = 48
const nobody = { id: '', name: '' }

export function ReplayChat({ replay, children }: { replay: LiveReplay; children?: ReactNode }) {
  const { t, i18n } = useTranslation()
  const { me } = useSession()
  const entries = useSyncExternalStore(replay.onEntries, () => replay.entries)
  const rows = useMemo(() => rowsOf(linesOf(entries).slice(-rowsMax), undefined), [entries])
  const box = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  useLayoutEffect(() => {
    if (box.current && follows.current) box.current.scrollTop = box.current.scrollHeight
  }, [rows])
  const onScroll = () => {
    const { current: at } = box
    if (at) follows.current = at.scrollHeight - at.scrollTop - at.clientHeight < nearPx
  }
  return (
    <section className="room-chat chat" aria-label={t('chat.title')}>
      <div className="chat-head">
        <h2>{t('replay.chat')}</h2>
        <Link
          to="/live/$streamId/log"
          params={{ streamId: replay.streamId }}
          className="button button-quiet"
        >
          {t('live.readLog')}
        </Link>
      </div>
      <Pinned replay={replay} />
      <div className="chat-list">
        <div
          ref={box}
          className="chat-scroll"
          role="log"
          aria-live="off"
          aria-label={t('chat.region')}
          tabIndex={0}
          onScroll={onScroll}
        >
          {rows.length === 0 ? <p className="chat-empty">{t('replay.noChat')}</p> : null}
          <ol className="chat-lines">
            {rows.map((row) => (
              <ChatLine key={row.line.key} {...row} me={me ?? nobody} language={i18n.language} />
            ))}
          </ol>
        </div>
      </div>
      {children}
    </section>
  )
}

/** Of a pinned line that was taken out nothing is left to show. */
function Pinned({ replay }: { replay: LiveReplay }) {
  const { t } = useTranslation()
  const pinned = useReplayState(replay, (state) => state.chat.pinned)
  if (pinned.id === '' || pinned.text === '') return null
  return (
    <aside className="pinned">
      <p className="pinned-by">
        <Pin size={13} aria-hidden="true" />
        {t('chat.pinned', { name: pinned.by })}
      </p>
      <p className="pinned-text">
        <strong>{t('chat.pinnedWho', { name: pinned.name })}</strong>{' '}
        <LineText text={pinned.text} />
      </p>
    </aside>
  )
}
