/** A speaker: circle, ring, marks and name. Whoever stands above them opens a menu on it. */
import type { FloorSpeaker } from '@odeon/sdk'
import { Crown, MicOff, Shield, VolumeX } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Avatar } from '../stage/avatar.tsx'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import { type SpeakerAct, speakerActs } from './speaker-acts.ts'
import { TurnClock } from './turn-clock.tsx'
import type { FloorView } from './use-floor.ts'

interface SpeakerSeatProps {
  speaker: FloorSpeaker
  view: FloorView
  size: number
  faceId: string
  picture: string | undefined
}

export function SpeakerSeat(props: SpeakerSeatProps) {
  const { t } = useTranslation()
  const { speaker, view } = props
  const acts = speakerActs(t, view, speaker)
  if (acts.length === 0) return <Seat {...props} />
  return (
    <MenuTrigger>
      <Button className="seat-button">
        <Seat {...props} />
      </Button>
      <Popover className="menu-popover" placement="bottom" offset={2}>
        <ActMenu name={speaker.name} acts={acts} />
      </Popover>
    </MenuTrigger>
  )
}

function ActMenu({ name, acts }: { name: string; acts: readonly SpeakerAct[] }) {
  const { t } = useTranslation()
  return (
    <Menu className="menu" aria-label={t('floor.actOn', { name })}>
      {acts.map(({ key, text, icon: Icon, act }) => (
        <MenuItem key={key} id={key} className="menu-item" textValue={text} onAction={act}>
          <Icon size={18} aria-hidden="true" />
          {text}
        </MenuItem>
      ))}
    </Menu>
  )
}

function Seat({ speaker, view, size, faceId, picture }: SpeakerSeatProps) {
  const { t } = useTranslation()
  const { id, name, isAudible, isMuted, isSilenced, turnUntil } = speaker
  // Without media nobody's microphone is known.
  const isUnheard = view.state.hasMedia && !isAudible
  const isOff = isMuted || isSilenced || isUnheard
  const quiet = isMuted || isUnheard ? t('floor.muted') : t('floor.open')
  const how = isSilenced ? t('floor.silenced') : quiet
  return (
    <>
      <span
        className="seat-face"
        data-audible={isAudible || undefined}
        data-off={isOff || undefined}
        aria-hidden="true"
      >
        <Avatar id={faceId} name={name} size={size} picture={picture} />
        {isOff ? (
          <span className="seat-off" data-silenced={isSilenced || undefined}>
            {isSilenced ? <VolumeX size={15} /> : <MicOff size={15} />}
          </span>
        ) : null}
      </span>
      <span className="seat-name">
        <RoleMark speaker={speaker} />
        <span>{id === view.you.id ? t('floor.you') : name}</span>
      </span>
      <span className="seat-role">
        {turnUntil > 0 ? (
          <TurnClock room={view.room} until={turnUntil} />
        ) : (
          roleText(t, view, speaker)
        )}
      </span>
      <span className="unseen">{how}</span>
    </>
  )
}

function RoleMark({ speaker: { role } }: { speaker: FloorSpeaker }) {
  if (role === 'host') return <Crown size={14} aria-hidden="true" className="seat-crown" />
  if (role === 'moderator') return <Shield size={14} aria-hidden="true" className="seat-shield" />
  return null
}

function roleText(t: TFunction, { state }: FloorView, { id, role }: FloorSpeaker): string {
  if (state.leaderId === id) return t('floor.leads')
  if (state.successorId === id) return t('floor.successor')
  return t(`floor.roles.${role}`)
}
