/** Where a message is written. A refusal is shown calmly and never costs the text. */
import { SendHorizontal } from 'lucide-react'
import { chatLimits, type StreamPhase } from '@odeon/rooms/protocol'
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react'
import { refusalText } from '../frame/refusal-text.ts'
import type { ChatFeed, Returned } from './chat-feed.ts'
import { useTranslation } from '../text/use-translation.ts'

const counterFrom = 60

export interface ChatComposerProps {
  feed: ChatFeed
  phase: StreamPhase
  fieldRef: RefObject<HTMLTextAreaElement | null>
}

export function ChatComposer({ feed, phase, fieldRef }: ChatComposerProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [returned, setReturned] = useState<Returned | null>(null)
  const waitSeconds = useSecondsUntil(returned?.retryAtMs ?? 0)
  const noteId = useId()

  const left = chatLimits.textCharsMax - [...text.trim()].length
  const isOpen = phase === 'live'
  const isSendable = isOpen && text.trim() !== '' && left >= 0 && waitSeconds === 0

  const submit = async () => {
    if (!isSendable) return
    const sent = text.trim()
    setText('')
    setReturned(null)
    const back = await feed.send(sent)
    if (!back) return
    setReturned(back)
    setText((now) => (now.trim() === '' ? back.text : `${back.text} ${now}`))
    fieldRef.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void submit()
  }

  const placeholder = isOpen
    ? t('chat.placeholder')
    : phase === 'pending'
      ? t('chat.placeholderPending')
      : t('chat.placeholderEnded')

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div id={noteId} className="composer-notes" aria-live="polite">
        <ComposerNote returned={returned} waitSeconds={waitSeconds} />
        {left <= counterFrom ? <LengthCounter left={left} /> : null}
      </div>
      <div className="composer-row">
        <textarea
          ref={fieldRef}
          className="composer-field"
          rows={1}
          value={text}
          aria-label={t('chat.field')}
          aria-describedby={noteId}
          aria-invalid={left < 0 || undefined}
          placeholder={placeholder}
          disabled={!isOpen}
          enterKeyHint="send"
          autoComplete="off"
          title={t('chat.focusKey')}
          onChange={(event) => {
            setText(event.target.value)
            if (event.target.value === '') setReturned(null)
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className="composer-send"
          aria-label={t('chat.send')}
          disabled={!isSendable}
        >
          {waitSeconds > 0 ? (
            <span className="figures">{waitSeconds}</span>
          ) : (
            <SendHorizontal size={18} aria-hidden="true" />
          )}
        </button>
      </div>
    </form>
  )
}

function ComposerNote({
  returned,
  waitSeconds,
}: {
  returned: Returned | null
  waitSeconds: number
}) {
  const { t } = useTranslation()
  if (!returned) return null
  if (returned.code === 'rate_limited') {
    return (
      <p>{waitSeconds > 0 ? t('chat.slowDown', { count: waitSeconds }) : t('chat.slowDownOver')}</p>
    )
  }
  return <p className="composer-refused">{refusalText(t, returned)}</p>
}

function LengthCounter({ left }: { left: number }) {
  const { t } = useTranslation()
  if (left < 0)
    return <p className="composer-refused figures">{t('chat.over', { count: -left })}</p>
  return <p className="figures">{t('chat.left', { count: left })}</p>
}

/** Whole seconds until a moment, counting down; 0 when it has passed. */
function useSecondsUntil(atMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (atMs <= Date.now()) return
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= atMs) clearInterval(timer)
    }, 200)
    return () => clearInterval(timer)
  }, [atMs])
  return Math.max(0, Math.ceil((atMs - Math.max(now, 0)) / 1_000))
}
