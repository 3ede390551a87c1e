/** Who shares the stage: those who ask in their order, those who were asked, those who are on. */
import type { LiveConnection } from '@odeon/sdk'
import { useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { TurnsField } from '../floor/turns-field.tsx'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { GuestRow, Icon } from './guest-row.tsx'
import { InviteForm } from './invite-form.tsx'
import { OnStage } from './on-stage.tsx'

/** Runs what a host asks of the floor, and keeps why it was refused until the next one. */
export type FloorAct = (act: () => Promise<unknown>) => Promise<boolean>

function useFloorAct(): { act: FloorAct; failed: string | undefined } {
  const { t } = useTranslation()
  const [failed, setFailed] = useState<string>()
  const act: FloorAct = async (ask) => {
    setFailed(undefined)
    try {
      await ask()
      return true
    } catch (error) {
      setFailed(errorText(t, error))
      return false
    }
  }
  return { act, failed }
}

export function GuestsPanel({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const { act, failed } = useFloorAct()
  const most = useRoomState(room, (state) => state.floor?.seatsMax ?? 0)
  const count = useRoomState(room, (state) => state.floor?.speakers.size ?? 0)
  return (
    <section className="guests-panel" aria-labelledby="studio-guests">
      <div className="guests-head">
        <h2 id="studio-guests">{t('studio.guests.title')}</h2>
        {most > 0 ? (
          <p className="dim figures">{t('studio.guests.count', { count, most })}</p>
        ) : null}
      </div>
      {failed ? (
        <p className="notice notice-bad" role="alert">
          {failed}
        </p>
      ) : null}
      <Requests room={room} act={act} />
      <Invitations room={room} act={act} />
      <OnStage room={room} act={act} />
      <InviteForm room={room} act={act} />
      <TurnsField room={room} onChoose={(seconds) => act(() => room.floor.giveTurns(seconds))} />
    </section>
  )
}

interface PartProps {
  room: LiveConnection
  act: FloorAct
}

function Requests({ room, act }: PartProps) {
  const { t } = useTranslation()
  useRoomState(room, (state) => state.floor)
  const invited = room.state.floor?.invitations
  const hands = room.floor.hands.filter(({ id }) => !invited?.has(id))
  const newest = hands.at(-1)
  return (
    <div className="guests-part">
      <div className="guests-part-head">
        <h3>{t('studio.guests.requests')}</h3>
        {hands.length > 1 ? (
          <button
            type="button"
            className="link-button"
            onClick={() => void act(() => room.floor.lowerAll())}
          >
            {t('studio.guests.dismissAll')}
          </button>
        ) : null}
      </div>
      <p className="unseen" role="status">
        {newest ? t('studio.guests.asked', { name: newest.name }) : null}
      </p>
      {hands.length === 0 ? <p className="guests-none">{t('studio.guests.requestsNone')}</p> : null}
      <ol className="guests-list">
        {hands.map(({ id, name }, index) => (
          <GuestRow
            key={id}
            id={id}
            name={name}
            word={t('studio.guests.place', { place: index + 1 })}
          >
            <button
              type="button"
              className="button button-primary"
              aria-label={t('studio.guests.bringName', { name })}
              onClick={() => void act(() => room.floor.invite(id))}
            >
              {t('studio.guests.bring')}
            </button>
            <Icon
              icon="dismiss"
              label={t('studio.guests.dismiss', { name })}
              onPress={() => void act(() => room.floor.lowerHand({ userId: id }))}
            />
          </GuestRow>
        ))}
      </ol>
    </div>
  )
}

function Invitations({ room, act }: PartProps) {
  const { t } = useTranslation()
  const invitations = useRoomState(room, (state) => state.floor?.invitations)
  const isAnybody = invitations !== undefined && invitations.size > 0
  const now = useNow(1_000, isAnybody)
  if (!isAnybody) return null
  return (
    <div className="guests-part">
      <h3>{t('studio.guests.invited')}</h3>
      <ul className="guests-list">
        {Array.from(invitations, ([id, { name, until }]) => (
          <GuestRow
            key={id}
            id={id}
            name={name}
            word={t('studio.guests.invitedFor', { time: clockOf(until - now) })}
          >
            <Icon
              icon="dismiss"
              label={t('studio.guests.takeBack', { name })}
              onPress={() => void act(() => room.floor.decline({ userId: id }))}
            />
          </GuestRow>
        ))}
      </ul>
    </div>
  )
}
