/** Hosts and moderators who are in the room now; the host takes roles back here. */
import type { LiveConnection } from '@odeon/sdk'
import { UserMinus } from 'lucide-react'
import { useMemo } from 'react'
import { Badge } from '../chat/line-text.tsx'
import { nameColour } from '../chat/name-colours.ts'
import { useYou } from '../chat/use-turn.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { crewActs } from './crew-acts.ts'
import type { CrewDesk } from './crew-desk.ts'

export function CrewList({ room, desk }: { room: LiveConnection; desk: CrewDesk }) {
  const { t } = useTranslation()
  const crew = useRoomState(room, (state) => state.crew)
  const isHost = useYou(room).role === 'host'
  const acts = useMemo(() => crewActs(room, desk), [room, desk])
  const people = [...crew.entries()].toSorted(([, a], [, b]) => a.role.localeCompare(b.role))
  return (
    <>
      {people.length === 0 ? <p className="crew-none">{t('desk.peopleNone')}</p> : null}
      <ul className="crew-people">
        {people.map(([id, { name, role }]) => (
          <li key={id}>
            <Avatar id={id} name={name} size={28} />
            <span style={{ color: nameColour(id) }}>
              <Badge role={role} />
              {name}
            </span>
            {isHost && role === 'moderator' ? (
              <button
                type="button"
                className="button button-quiet button-icon"
                aria-label={t('desk.remove', { name })}
                title={t('desk.remove', { name })}
                onClick={() => acts.revoke(id, 'moderator')}
              >
                <UserMinus size={16} aria-hidden="true" />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  )
}
