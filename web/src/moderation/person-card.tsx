/** Who somebody is here: badges, since when they follow, what they said, and what may be done. */
import type { Author } from '@odeon/rooms/protocol'
import { useQuery } from '@tanstack/react-query'
import { AtSign, Flag, UserX } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { Dialog, Heading, Popover } from 'react-aria-components'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { useFeedVersion } from '../chat/use-feed-version.ts'
import { Badge, LineText } from '../chat/line-text.tsx'
import { nameColour, tierColour } from '../chat/name-colours.ts'
import { errorText } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { TierBadge } from '../tiers/tier-badge.tsx'
import { crewActs, mayActOn } from './crew-acts.ts'
import { FollowNote } from './follow-note.tsx'
import { PersonActs } from './person-acts.tsx'

interface PersonCardProps {
  feed: ChatFeed
  person: Author
  anchor: HTMLElement
  onClose: () => void
  onReport: () => void
}

const shownLines = 5

export function PersonCard({ feed, person, anchor, onClose, onReport }: PersonCardProps) {
  const { t } = useTranslation()
  useFeedVersion(feed)
  const { room, desk } = feed
  const acts = useMemo(() => crewActs(room, desk), [room, desk])
  const trigger = useRef<HTMLElement>(anchor)
  const { you } = room
  const isMe = person.id === you.id
  return (
    <Popover
      trigger="DialogTrigger"
      triggerRef={trigger}
      className="menu-popover person-popover"
      placement="bottom start"
      offset={6}
      isOpen
      onOpenChange={(isStillOpen) => {
        if (!isStillOpen) onClose()
      }}
    >
      <Dialog className="person-card" aria-label={t('person.card', { name: person.name })}>
        <header className="person-head">
          <Avatar id={person.id} name={person.name} size={48} />
          <div>
            <Heading
              slot="title"
              style={{ color: person.isColoured ? tierColour : nameColour(person.id) }}
            >
              {person.name}
            </Heading>
            <p className="person-badges">
              {(person.badges ?? [person.role]).map((badge) => (
                <Badge key={badge} role={badge} />
              ))}
              {person.tier === undefined ? null : <TierBadge level={person.tier} />}
              {isMe ? t('person.you') : null}
            </p>
            <FollowNote room={room} userId={person.id} />
          </div>
        </header>
        <LastLines feed={feed} userId={person.id} />
        {isMe ? null : (
          <Everybodys feed={feed} person={person} onClose={onClose} onReport={onReport} />
        )}
        {mayActOn(you, person) ? (
          <PersonActs room={room} person={person} acts={acts} onClose={onClose} />
        ) : null}
      </Dialog>
    </Popover>
  )
}

function LastLines({ feed, userId }: { feed: ChatFeed; userId: string }) {
  const { t } = useTranslation()
  const lines = feed.saidBy(userId, shownLines).toReversed()
  return (
    <section className="person-lines">
      <h3>{t('person.here')}</h3>
      {lines.length === 0 ? <p className="dim">{t('person.hereNone')}</p> : null}
      <ul>
        {lines.map((line) => (
          <li key={line.key}>
            <LineText text={line.text} emotes={line.emotes} myName={feed.myName} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Everybodys({ feed, person, onClose, onReport }: Omit<PersonCardProps, 'anchor'>) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<string>()
  const profile = useQuery({
    queryKey: ['user', person.id],
    queryFn: () => odeon.users.get(person.id),
  })
  const handle = profile.data?.username
  const block = () => {
    odeon.me.blocks.add(person.id).then(
      () => setSaid(t('person.blocked', { name: person.name })),
      (error: unknown) => setSaid(errorText(t, error)),
    )
  }
  return (
    <div className="person-tools">
      <button
        type="button"
        className="button button-plain"
        onClick={() => {
          onClose()
          feed.putIn(`@${person.name}`)
        }}
      >
        <AtSign size={16} aria-hidden="true" />
        {t('person.mention')}
      </button>
      {handle ? (
        <a className="button button-plain" href={`/channel/${handle}`}>
          {t('person.profile')}
        </a>
      ) : null}
      <button type="button" className="button button-plain" onClick={onReport}>
        <Flag size={16} aria-hidden="true" />
        {t('person.report')}
      </button>
      <button type="button" className="button button-plain" onClick={block}>
        <UserX size={16} aria-hidden="true" />
        {t('person.block')}
      </button>
      {said ? (
        <p className="person-said" role="status">
          {said}
        </p>
      ) : null}
    </div>
  )
}
