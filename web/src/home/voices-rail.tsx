/** Rooms of voices: who sits there, whose microphone is on, how many listen. */
import type { CSSProperties } from 'react'
import { useState } from 'react'
import { Avatar } from '../stage/avatar.tsx'
import { gelOf } from '../stage/gel.ts'
import { useTranslation } from '../text/use-translation.ts'
import { CardText } from './card-text.tsx'
import type { LiveCard } from './live-card.ts'
import { LiveFacts } from './live-facts.tsx'
import { PulseLine } from './pulse-line.tsx'

interface VoicesRailProps {
  cards: readonly LiveCard[]
  now: number
}

export function VoicesRail({ cards, now }: VoicesRailProps) {
  const { t } = useTranslation()
  const steady = useSteady(cards)
  return (
    <section aria-labelledby="voices">
      <h2 id="voices">{t('voices.title')}</h2>
      <ul className="cards">
        {steady.map((card) => (
          <VoicesCard key={card.streamId} card={card} now={now} />
        ))}
      </ul>
    </section>
  )
}

/** Everybody keeps their place, newcomers come last: nobody moves away from under a finger. */
function useSteady(cards: readonly LiveCard[]): readonly LiveCard[] {
  const [order, setOrder] = useState<readonly string[]>([])
  const at = new Map(cards.map((card) => [card.streamId, card]))
  const kept = order.filter((id) => at.has(id))
  const known = new Set(kept)
  const next = [...kept, ...[...at.keys()].filter((id) => !known.has(id))]
  if (next.join() !== order.join()) setOrder(next)
  return next.flatMap((id) => at.get(id) ?? [])
}

function VoicesCard({ card, now }: { card: LiveCard; now: number }) {
  const { t } = useTranslation()
  const { streamId, handle, pulse, voices, speakers } = card
  const style = { '--gel': gelOf(handle) } as CSSProperties
  return (
    <li className="card" data-card={streamId} data-phase="live">
      <div className="card-stage voices-stage" style={style}>
        <LiveFacts card={card} now={now} />
        <Faces card={card} />
        <PulseLine pulse={pulse} />
      </div>
      <CardText card={card}>
        <span className="unseen">
          {t('voices.count', { count: speakers })}
          {voices.length > 0
            ? `. ${t('voices.with', { names: voices.map((voice) => voice.name).join(', ') })}`
            : null}
        </span>
      </CardText>
    </li>
  )
}

/** The host in the middle, the others to both sides, as they sit in the room. */
function Faces({ card: { handle, avatarUrl, voices, speakers } }: { card: LiveCard }) {
  const { t } = useTranslation()
  const rest = speakers - voices.length
  const sides = voices.map((voice, index) => ({ ...voice, isHost: index === 0 }))
  const inArc = [
    ...sides.filter((_, index) => index % 2 === 1).toReversed(),
    ...sides.filter((_, index) => index % 2 === 0),
  ]
  return (
    <div className="voices-faces" aria-hidden="true">
      {inArc.map(({ id, name, isAudible, isHost }) => (
        <span
          key={id}
          className="voices-face"
          data-audible={isAudible || undefined}
          data-host={isHost || undefined}
        >
          <Avatar
            id={isHost ? handle : id}
            name={name}
            size={isHost ? 60 : 42}
            picture={isHost ? avatarUrl : undefined}
          />
        </span>
      ))}
      {rest > 0 ? <span className="voices-more">{t('voices.more', { count: rest })}</span> : null}
    </div>
  )
}
