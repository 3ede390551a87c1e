/** The chat's pane: head, lines, field, and for guests who they are and what they could be. */
import { PanelRightClose } from 'lucide-react'
import type { StreamPhase } from '@odeon/rooms/protocol'
import { type FormEvent, type ReactNode, type RefObject, useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { ChatComposer } from '../chat/chat-composer.tsx'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { ChatList } from '../chat/chat-list.tsx'
import { errorText, fieldErrors } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'

interface RoomChatProps {
  feed: ChatFeed
  phase: StreamPhase
  fieldRef: RefObject<HTMLTextAreaElement | null>
  onHide: () => void
  /** What stands between the lines and the field. */
  children?: ReactNode
}

export function RoomChat({ feed, phase, fieldRef, onHide, children }: RoomChatProps) {
  const { t } = useTranslation()
  const { me } = useSession()
  const empty = phase === 'pending' ? t('chat.emptyPending') : t('chat.empty')
  return (
    <section className="room-chat chat" aria-label={t('chat.title')}>
      <div className="chat-head">
        <h2>{t('chat.title')}</h2>
        <button
          type="button"
          className="button button-quiet button-icon chat-hide"
          aria-label={t('live.hideChat')}
          title={t('live.hideChat')}
          onClick={onHide}
        >
          <PanelRightClose size={18} aria-hidden="true" />
        </button>
      </div>
      <ChatList feed={feed} empty={empty} />
      {children}
      {phase === 'ended' ? null : <ChatComposer feed={feed} phase={phase} fieldRef={fieldRef} />}
      {phase !== 'ended' && me?.kind === 'guest' ? <GuestNote name={me.name} /> : null}
    </section>
  )
}

function GuestNote({ name }: { name: string }) {
  const { t } = useTranslation()
  const [isNaming, setNaming] = useState(false)
  if (isNaming) return <GuestNaming name={name} onDone={() => setNaming(false)} />
  return (
    <p className="guest-note">
      <span>{t('chat.guestNote', { name })}</span>
      <button type="button" className="link-button" onClick={() => setNaming(true)}>
        {t('chat.guestRename')}
      </button>
      <button type="button" className="link-button" onClick={() => openSignIn('register')}>
        {t('chat.guestSignUp')}
      </button>
    </p>
  )
}

function GuestNaming({ name, onDone }: { name: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(name)
  const [wrong, setWrong] = useState<string>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      if (text.trim() !== name) {
        await odeon.me.update({ name: text.trim() })
        // The token carries the name into the room.
        await odeon.auth.refresh()
      }
      onDone()
    } catch (error) {
      setWrong(fieldErrors(error).name ?? errorText(t, error))
    }
  }

  return (
    <form className="guest-naming" onSubmit={(event) => void submit(event)}>
      {wrong ? (
        <p className="composer-refused" role="alert">
          {wrong}
        </p>
      ) : null}
      <div className="field-box" data-wrong={wrong ? true : undefined}>
        <input
          className="field-input"
          aria-label={t('auth.guestName')}
          autoComplete="nickname"
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onDone()
          }}
        />
        <button type="submit" className="button button-quiet">
          {t('settings.save')}
        </button>
      </div>
    </form>
  )
}
