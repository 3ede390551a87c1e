/** Guests with a seat: whether they are heard, and what the host may do about each. */
import type { FloorSpeaker, LiveConnection } from '@odeon/sdk'
import { Crown, Mic, MicOff, MoreHorizontal, Timer, UserMinus } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { TurnClock } from '../floor/turn-clock.tsx'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { GuestRow } from './guest-row.tsx'
import type { FloorAct } from './guests-panel.tsx'

interface OnStageProps {
  room: LiveConnection
  act: FloorAct
}

export function OnStage({ room, act }: OnStageProps) {
  const { t } = useTranslation()
  useRoomState(room, (state) => state.floor)
  const people = useSyncExternalStore(
    (changed) => room.media.on('levels', changed),
    () => room.media.people,
  )
  const guests = room.floor.speakers.filter(({ id }) => id !== room.you.id)
  return (
    <div className="guests-part">
      <h3>{t('studio.guests.stage')}</h3>
      {guests.length === 0 ? <p className="guests-none">{t('studio.guests.stageNone')}</p> : null}
      <ul className="guests-list">
        {guests.map((guest) => (
          <Guest
            key={guest.id}
            guest={guest}
            room={room}
            act={act}
            isSpeaking={people.get(guest.id)?.isSpeaking ?? false}
          />
        ))}
      </ul>
    </div>
  )
}

/** The server decides; this keeps out of sight what it would refuse. */
const ranks = { listener: 0, speaker: 1, moderator: 2, host: 3 } as const

interface GuestProps extends OnStageProps {
  guest: FloorSpeaker
  isSpeaking: boolean
}

function Guest({ guest, room, act, isSpeaking }: GuestProps) {
  const { t } = useTranslation()
  const { id, name, isSilenced, isMuted, isAudible, turnUntil } = guest
  const { role } = room.floor
  const isSuccessor = room.state.floor?.successorId === id
  const state = isSilenced ? 'silenced' : isMuted ? 'muted' : isAudible ? 'audible' : 'quiet'
  const word = t(`studio.guests.${state}`)
  const acts = {
    turn: () => room.floor.giveTurn(id),
    silence: () => room.floor.silence(id, !isSilenced),
    succeed: () => room.floor.nameSuccessor(isSuccessor ? null : id),
    remove: () => room.floor.remove(id),
  }
  return (
    <GuestRow
      id={id}
      name={name}
      isSpeaking={isSpeaking}
      word={
        <>
          {isSuccessor ? `${word} · ${t('studio.guests.successor')}` : word}
          {turnUntil > 0 ? <TurnClock room={room} until={turnUntil} /> : null}
        </>
      }
    >
      {ranks[guest.role] < ranks[role] ? (
        <MenuTrigger>
          <Button
            className="button button-quiet button-icon"
            aria-label={t('studio.guests.more', { name })}
          >
            <MoreHorizontal size={18} aria-hidden="true" />
          </Button>
          <Popover className="menu-popover" placement="bottom end">
            <Menu className="menu" onAction={(key) => void act(acts[key as keyof typeof acts])}>
              {turnUntil > 0 ? (
                <MenuItem id="turn" className="menu-item">
                  <Timer size={16} />
                  {t('floor.turns.anew')}
                </MenuItem>
              ) : null}
              <MenuItem id="silence" className="menu-item">
                {isSilenced ? <Mic size={16} /> : <MicOff size={16} />}
                {t(isSilenced ? 'studio.guests.unsilence' : 'studio.guests.silence')}
              </MenuItem>
              {role === 'host' ? (
                <MenuItem id="succeed" className="menu-item">
                  <Crown size={16} />
                  {t(isSuccessor ? 'studio.guests.succeedNot' : 'studio.guests.succeed')}
                </MenuItem>
              ) : null}
              <MenuItem id="remove" className="menu-item">
                <UserMinus size={16} />
                {t('studio.guests.remove')}
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      ) : null}
    </GuestRow>
  )
}
