/** What the crew may do about a person, from their card. */
import type { Author } from '@odeon/rooms/protocol'
import type { CrewSanction, LiveConnection } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNow } from '../frame/use-now.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { type CrewActs, timeoutPresets } from './crew-acts.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { reasonText } from './reason-text.ts'
import { untilText } from './until-text.ts'

interface PersonActsProps {
  room: LiveConnection
  person: Author
  acts: CrewActs
  onClose: () => void
}

export function PersonActs({ room, person, acts, onClose }: PersonActsProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'ban' | 'warn'>()
  const standing = useStanding(room, person.id)
  const done = (act: () => void) => () => {
    act()
    onClose()
  }
  return (
    <section className="person-acts">
      <StandingNote standing={standing} />
      <h3>{t('timeouts.label', { name: person.name })}</h3>
      <div className="person-presets">
        {timeoutPresets.map(([key, seconds]) => (
          <button
            key={key}
            type="button"
            className="button button-plain figures"
            onClick={done(() => acts.timeout(person.id, seconds))}
          >
            {t(`timeouts.${key}`)}
          </button>
        ))}
      </div>
      <div className="person-tools">
        <button type="button" className="button button-plain" onClick={() => setAsking('warn')}>
          {t('person.warn')}
        </button>
        {standing?.kind === 'timeout' ? (
          <button
            type="button"
            className="button button-plain"
            onClick={done(() => acts.untimeout(person.id))}
          >
            {t('person.unmute')}
          </button>
        ) : null}
        {standing?.kind === 'ban' ? (
          <button
            type="button"
            className="button button-plain"
            onClick={done(() => acts.unban(person.id))}
          >
            {t('person.unban')}
          </button>
        ) : (
          <button
            type="button"
            className="button button-plain person-ban"
            onClick={() => setAsking('ban')}
          >
            {t('person.ban')}
          </button>
        )}
      </div>
      {room.you.role === 'host' ? <Roles room={room} person={person} acts={acts} /> : null}
      {asking ? (
        <ReasonDialog
          kind={asking}
          name={person.name}
          onClose={onClose}
          onDone={(reason) => {
            if (asking === 'ban') acts.ban(person.id, reason)
            else acts.warn(person.id, reason)
          }}
        />
      ) : null}
    </section>
  )
}

/** What stands against them in this channel, as the crew may know. */
function useStanding(room: LiveConnection, userId: string): CrewSanction | undefined {
  const handle = useRoomState(room, (state) => state.channel)
  const query = useQuery({
    queryKey: ['standing', handle, userId],
    queryFn: () => odeon.channels.sanctions(handle, { stands: true, limit: 100 }),
    staleTime: 0,
  })
  return query.data?.sanctions.find(({ person }) => person.id === userId)
}

function StandingNote({ standing }: { standing: CrewSanction | undefined }) {
  const { t, i18n } = useTranslation()
  const now = useNow(60_000, standing !== undefined)
  if (!standing) return null
  const { until, reason } = standing
  return (
    <p className="person-standing">
      {until === null
        ? t('person.standingOpen')
        : t('person.standing', { time: untilText(until, now, i18n.language) })}
      {reason ? ` · ${reasonText(t, reason)}` : ''}
    </p>
  )
}

function Roles({ room, person, acts }: Omit<PersonActsProps, 'onClose'>) {
  const { t } = useTranslation()
  const isModerator = useRoomState(room, (state) => state.crew.has(person.id))
  const isVip = useIsVip(room, person)
  const toggle = (role: 'moderator' | 'vip', has: boolean) => () =>
    has ? acts.revoke(person.id, role) : acts.grant(person.id, role)
  return (
    <div className="person-tools">
      <button
        type="button"
        className="button button-plain"
        onClick={toggle('moderator', isModerator)}
      >
        {isModerator ? t('person.revokeModerator') : t('person.grantModerator')}
      </button>
      <button type="button" className="button button-plain" onClick={toggle('vip', isVip)}>
        {isVip ? t('person.revokeVip') : t('person.grantVip')}
      </button>
      <p className="dim">{t('person.vipText')}</p>
    </div>
  )
}

/** As the record says, and as it is changed meanwhile; a line's badge may be of another time. */
function useIsVip(room: LiveConnection, { id, badges }: Author): boolean {
  const handle = useRoomState(room, (state) => state.channel)
  const { data, refetch } = useQuery({
    queryKey: ['crew', handle],
    queryFn: () => odeon.channels.crew(handle),
    staleTime: 0,
  })
  useEffect(() => room.on('crew.changed', () => void refetch()), [room, refetch])
  return data ? data.vips.some((vip) => vip.id === id) : (badges?.includes('vip') ?? false)
}
