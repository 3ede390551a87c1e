/** One notice: what happened, where, when; the whole of it leads there. */
import type { Notice } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import {
  AtSign,
  BadgeCheck,
  CircleAlert,
  Coins,
  Crown,
  Flag,
  Gavel,
  MessageSquareReply,
  MessageSquareX,
  Radio,
  ShieldCheck,
  TriangleAlert,
  Undo2,
} from 'lucide-react'
import { plainWords } from '../frame/plain-words.ts'
import { agoOf, dateOf } from '../frame/when.ts'
import { reasonText } from '../moderation/reason-text.ts'
import { type TFunction, useTranslation } from '../text/use-translation.ts'

const icons = {
  mention: AtSign,
  reply: MessageSquareReply,
  sanction: Gavel,
  sanction_lifted: ShieldCheck,
  warning: TriangleAlert,
  message_removed: MessageSquareX,
  report_resolved: Flag,
  appeal_decided: Gavel,
  stream_ended: Gavel,
  role_granted: BadgeCheck,
  role_revoked: BadgeCheck,
  went_live: Radio,
  og_ended: Crown,
  coins_added: Coins,
  coins_returned: Coins,
  payment_failed: CircleAlert,
  payment_refunded: Undo2,
  payment_disputed: CircleAlert,
  debt_cleared: Coins,
} as const

interface NoticeRowProps {
  notice: Notice
  now: number
  onOpen: () => void
}

export function NoticeRow({ notice, now, onOpen }: NoticeRowProps) {
  const { t, i18n } = useTranslation()
  const { kind, at, readAt, text, until } = notice
  const Icon = icons[kind] ?? Radio
  return (
    <li className="notice-row" data-kind={kind} data-unread={readAt === null || undefined}>
      <span className="notice-icon">
        <Icon size={18} aria-hidden="true" />
      </span>
      <div>
        <p className="notice-what">
          <Link to={placeOf(notice)} className="whole" onClick={onOpen}>
            {t(`notices.kinds.${kind}`, blanksOf(notice, t))}
          </Link>
        </p>
        {text && !isFigure(kind) ? (
          <p className="notice-text">{plainWords(wordsOf(kind, text, t))}</p>
        ) : null}
        <p className="notice-when">
          {agoOf(at, now, i18n.language, t('time.justNow'))}
          {until ? ` · ${t('notices.until', { time: dateOf(until, i18n.language) })}` : null}
        </p>
      </div>
      {readAt === null ? (
        <span className="notice-dot">
          <span className="unseen">{t('notices.new')}</span>
        </span>
      ) : null}
    </li>
  )
}

/** Of a decision the text is why, which the house says by a code. */
function wordsOf(kind: Notice['kind'], text: string, t: TFunction): string {
  return kind === 'sanction' || kind === 'warning' || kind === 'stream_ended'
    ? reasonText(t, text)
    : text
}

/** What it quotes is a number that its words hold. */
const isFigure = (kind: Notice['kind']) => kind === 'coins_added'

export function blanksOf({ kind, from, channel, text }: Notice, t: TFunction) {
  return {
    coins: isFigure(kind) ? Number(text) : 0,
    name: from?.name ?? channel?.name ?? t('notices.somebody'),
    channel: channel?.name ?? t('notices.house'),
  }
}

/** A sanction leads to its appeal; everything else to where it happened. */
export function placeOf({ kind, sanctionId, path, channel }: Notice): string {
  if ((kind === 'sanction' || kind === 'stream_ended') && sanctionId !== null) {
    return `/appeals/${encodeURIComponent(sanctionId)}`
  }
  // A path of this app and nothing else: "//host" would lead away.
  if (path !== null && /^\/(?!\/)/.test(path)) return path
  return channel ? `/channel/${encodeURIComponent(channel.handle)}` : '/notices'
}
