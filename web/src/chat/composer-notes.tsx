/** What the field has to say: modes, why something was not sent, what to do, how much is left. */
import { useNow } from '../frame/use-now.ts'
import { enChat } from '../text/en-chat.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { TFunction } from '../text/use-translation.ts'
import { refusalText } from '../frame/refusal-text.ts'
import type { ChatFeed } from './chat-feed.ts'
import { ModeBadges } from './mode-badges.tsx'
import type { Composer } from './use-composer.ts'
import type { Turn } from './use-turn.ts'

const counterFrom = 60

interface ComposerNotesProps {
  id: string
  composer: Composer
  feed: ChatFeed
  turn: Turn
}

export function ComposerNotes({ id, composer, feed, turn }: ComposerNotesProps) {
  const { left } = composer
  return (
    <>
      <ModeBadges feed={feed} turn={turn} />
      <div id={id} className="composer-notes" aria-live="polite">
        <Refused composer={composer} />
        <Waits composer={composer} feed={feed} turn={turn} />
        {left <= counterFrom ? <LengthCounter left={left} /> : null}
      </div>
    </>
  )
}

type RejectedCode = keyof typeof enChat.rejected

/** Why the room said no, in our words where we have them, and what to do about it. */
export function rejectedText(t: TFunction, refused: { code: string; message: string }): string {
  if (refused.code in enChat.rejected) return t(`rejected.${refused.code as RejectedCode}`)
  return refusalText(t, refused)
}

function Refused({ composer: { returned } }: { composer: Composer }) {
  const { t } = useTranslation()
  if (!returned) return null
  if (returned.code === 'rate_limited') return <TooFast atMs={returned.retryAtMs} />
  return <p className="composer-refused">{rejectedText(t, returned)}</p>
}

function TooFast({ atMs }: { atMs: number }) {
  const { t } = useTranslation()
  const now = useNow(200)
  const count = Math.max(0, Math.ceil((atMs - now) / 1_000))
  return <p>{count > 0 ? t('composer.slowDown', { count }) : t('composer.slowDownOver')}</p>
}

/** One line may wait for slow mode; a second one is told so instead of being refused. */
function Waits({ composer, feed, turn }: Omit<ComposerNotesProps, 'id'>) {
  const { t } = useTranslation()
  const hasMore = composer.text.trim() !== ''
  if (!feed.own.queued || !hasMore || turn.freeAtMs <= turn.now) return null
  return <p>{t('composer.slowQueue')}</p>
}

function LengthCounter({ left }: { left: number }) {
  const { t } = useTranslation()
  if (left < 0)
    return <p className="composer-refused figures">{t('chat.over', { count: -left })}</p>
  return <p className="figures">{t('chat.left', { count: left })}</p>
}
