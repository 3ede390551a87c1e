/** Where a message is written. A refusal is shown calmly and never costs the text. */
import type { StreamPhase } from '@odeon/rooms/protocol'
import { Smile } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react'
import { ahead, later } from '../frame/later.tsx'
import { GiftButton } from '../gifts/gift-button.tsx'
import { MutedNote } from '../moderation/muted-note.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'
import { CompletionList } from './completion-list.tsx'
import { ComposerNotes } from './composer-notes.tsx'
import { useEmotes } from './emotes.ts'
import { ReplyBar } from './reply-bar.tsx'
import { SlowRing } from './slow-ring.tsx'
import { type Completion, useCompletion } from './use-completion.ts'
import { type Composer, useComposer } from './use-composer.ts'
import { type Turn, useTurn } from './use-turn.ts'

const loadPicker = async () => (await import('./emote-picker.tsx')).EmotePicker
const EmotePicker = later(loadPicker)
const fetchPicker = ahead(loadPicker)

export interface ChatComposerProps {
  feed: ChatFeed
  phase: StreamPhase
  fieldRef: RefObject<HTMLTextAreaElement | null>
}

export function ChatComposer({ feed, phase, fieldRef }: ChatComposerProps) {
  const turn = useTurn(feed)
  const composer = useComposer({ feed, turn, phase, field: fieldRef })
  const completion = useCompletion(feed, composer, fieldRef)
  const noteId = useId()
  if (turn.sanction && phase === 'live') {
    return <MutedNote sanction={turn.sanction} streamId={feed.streamId} />
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void composer.submit()
      }}
    >
      <ComposerNotes id={noteId} composer={composer} feed={feed} turn={turn} />
      <ReplyBar feed={feed} onDone={() => fieldRef.current?.focus()} />
      {completion.suggestions.length > 0 ? (
        <CompletionList
          id={completion.id}
          suggestions={completion.suggestions}
          chosen={completion.chosen}
          onTake={completion.take}
        />
      ) : null}
      <div className="composer-line">
        <div className="composer-row">
          <Field {...{ feed, phase, turn, composer, completion, fieldRef, noteId }} />
          {phase === 'live' ? <EmoteButton feed={feed} /> : null}
          <SlowRing
            freeAtMs={turn.freeAtMs}
            slowSeconds={turn.slowSeconds}
            waitUntilMs={composer.waitUntilMs}
            isSendable={composer.isSendable}
          />
        </div>
        {phase === 'live' ? <GiftButton feed={feed} /> : null}
      </div>
    </form>
  )
}

interface FieldProps extends ChatComposerProps {
  turn: Turn
  composer: Composer
  completion: Completion
  noteId: string
}

function Field({ feed, phase, turn, composer, completion, fieldRef, noteId }: FieldProps) {
  const { t } = useTranslation()
  const isOpen = phase === 'live'
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While letters are being composed, every key belongs to the input method.
    if (event.nativeEvent.isComposing || event.key === 'Process') return
    if (completion.onKey(event)) return event.preventDefault()
    const { key, shiftKey, currentTarget } = event
    if (key === 'Escape') {
      if (feed.replyingTo) feed.reply(null)
      else currentTarget.blur()
    } else if (key === 'Enter' && !shiftKey) {
      event.preventDefault()
      void composer.submit()
    } else if (key === 'ArrowUp' && (composer.text === '' || isRecalled(currentTarget))) {
      if (composer.recall(1)) event.preventDefault()
    } else if (key === 'ArrowDown' && isRecalled(currentTarget) && composer.recall(-1)) {
      event.preventDefault()
    }
  }
  const placeholder = {
    live: turn.modes.emoteOnly && !turn.isCrew ? 'placeholderEmotes' : 'placeholder',
    pending: 'placeholderPending',
    ended: 'placeholderEnded',
  } as const
  const hasList = completion.suggestions.length > 0
  return (
    <textarea
      ref={fieldRef}
      className="composer-field"
      rows={1}
      value={composer.text}
      aria-label={t('composer.field')}
      aria-describedby={noteId}
      aria-invalid={composer.left < 0 || undefined}
      aria-autocomplete="list"
      aria-controls={hasList ? completion.id : undefined}
      aria-activedescendant={hasList ? `${completion.id}-${completion.chosen}` : undefined}
      placeholder={t(`composer.${placeholder[phase]}`)}
      disabled={!isOpen}
      enterKeyHint="send"
      autoComplete="off"
      title={t('composer.focusKey')}
      onChange={(event) => {
        composer.setText(event.target.value)
        completion.moved(event.target.selectionStart)
      }}
      onSelect={(event) => {
        const { selectionStart, value } = event.currentTarget
        if (value === composer.text) completion.moved(selectionStart)
      }}
      onKeyDown={onKeyDown}
    />
  )
}

/** The caret stands at the end: going on through what was sent does not fight with writing. */
function isRecalled({ selectionStart, selectionEnd, value }: HTMLTextAreaElement): boolean {
  return selectionStart === selectionEnd && selectionStart === value.length && value !== ''
}

function EmoteButton({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const view = useEmotes(feed.room)
  return (
    <>
      <button
        ref={button}
        type="button"
        className="composer-emotes"
        aria-label={t('composer.emotes')}
        title={t('composer.emotes')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={fetchPicker}
        onFocus={fetchPicker}
        onClick={() => setOpen(!isOpen)}
      >
        <Smile size={20} aria-hidden="true" />
      </button>
      {isOpen ? (
        <EmotePicker
          view={view}
          button={button}
          onClose={() => setOpen(false)}
          onPick={(code, isMore) => {
            if (!isMore) setOpen(false)
            feed.putIn(`:${code}:`)
          }}
        />
      ) : null}
    </>
  )
}
