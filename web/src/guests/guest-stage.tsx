/**
 * A viewer's way to the stage of a live room: asking, waiting for a turn, and, fetched once it is
 * theirs, what they need up there. The crew finds who asks here, too.
 */
import { Hand, UserRoundPlus, Users, X } from 'lucide-react'
import type { LiveConnection } from '@odeon/sdk'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useYou } from '../chat/use-turn.ts'
import { later } from '../frame/later.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

const GuestDesk = later(async () => (await import('./guest-desk.tsx')).GuestDesk)
const GuestsPanel = later(async () => (await import('../studio/guests-panel.tsx')).GuestsPanel)

export function GuestStage({ room }: { room: LiveConnection }) {
  const { id, role } = useYou(room)
  const isSeated = useRoomState(room, (state) => state.floor?.speakers.has(id) ?? false)
  const invitation = useRoomState(room, (state) => state.floor?.invitations.get(id))
  const leaderId = useRoomState(room, (state) => state.floor?.leaderId)
  const [isEntering, setEntering] = useState(false)
  const isHost = role === 'host'
  const isCrew = isHost || role === 'moderator' || leaderId === id
  // Once fetched it stays: what became of a seat is said there.
  const [wasWanted, setWanted] = useState(false)
  const isWanted = isSeated || isEntering || invitation !== undefined
  useEffect(() => {
    if (isWanted) setWanted(true)
    if (isSeated) setEntering(false)
  }, [isWanted, isSeated])
  const corner = useRef<HTMLDivElement>(null)
  useFocusIn(corner, isSeated)
  return (
    <div ref={corner} className="guest-corner">
      {isCrew ? <GuestsTool room={room} /> : null}
      {isHost || isSeated ? null : <GuestAsk room={room} onEnter={() => setEntering(true)} />}
      {!isHost && (isWanted || wasWanted) ? (
        <GuestDesk
          room={room}
          isSeated={isSeated}
          invitation={invitation}
          isEntering={isEntering}
          onStay={() => setEntering(false)}
        />
      ) : null}
    </div>
  )
}

/** Who came up, or down, finds the keyboard where the buttons for it are. */
function useFocusIn(corner: RefObject<HTMLElement | null>, isSeated: boolean): void {
  const before = useRef(isSeated)
  useEffect(() => {
    if (before.current === isSeated) return undefined
    before.current = isSeated
    const timer = setTimeout(() => {
      const isLost = document.activeElement === document.body
      if (isLost) corner.current?.querySelector<HTMLElement>('button')?.focus()
    }, focusAfterMs)
    return () => clearTimeout(timer)
  }, [corner, isSeated])
}

/** Dialogs give the focus back when they are gone. */
const focusAfterMs = 400

interface GuestAskProps {
  room: LiveConnection
  onEnter: () => void
}

/** Asks, or comes up at once where that is open; a hand that is up shows its place. */
function GuestAsk({ room, onEnter }: GuestAskProps) {
  const { t } = useTranslation()
  const [failed, setFailed] = useState<string>()
  const hasMedia = useRoomState(room, (state) => state.floor?.hasMedia ?? false)
  useRoomState(room, (state) => state.floor)
  const place = room.floor.hands.findIndex(({ id }) => id === room.you.id) + 1
  const ask = async (command: () => Promise<unknown>) => {
    setFailed(undefined)
    await command().catch((error: unknown) => setFailed(errorText(t, error)))
  }
  const mayCome = room.floor.maySit
  const isUp = place > 0
  if (!hasMedia && !isUp) return null
  return (
    <>
      {mayCome && !isUp ? (
        <Pill onPress={onEnter}>
          <UserRoundPlus size={16} aria-hidden="true" />
          {t('guest.join')}
        </Pill>
      ) : (
        <Pill
          isLit={isUp}
          label={isUp ? t('guest.lowerName', { count: place }) : t('guest.ask')}
          onPress={() => void ask(() => (isUp ? room.floor.lowerHand() : room.floor.raiseHand()))}
        >
          <Hand size={16} aria-hidden="true" />
          {isUp ? t('guest.place', { count: place }) : t('guest.join')}
          {isUp ? <X size={14} aria-hidden="true" /> : null}
        </Pill>
      )}
      <span className="unseen" role="status">
        {isUp ? t('guest.waiting', { count: place }) : null}
      </span>
      {failed ? (
        <p className="guest-said" data-bad role="alert">
          {failed}
        </p>
      ) : null}
    </>
  )
}

interface PillProps {
  label?: string
  isLit?: boolean
  onPress: () => void
  children: ReactNode
}

function Pill({ label, isLit = false, onPress, children }: PillProps) {
  return (
    <button
      type="button"
      className="guest-pill figures"
      aria-label={label}
      title={label}
      data-lit={isLit || undefined}
      onClick={onPress}
    >
      {children}
    </button>
  )
}

/** Who asks and who is on, as at the desk: moderators, who leads, and a host away from the desk. */
function GuestsTool({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const waiting = useRoomState(room, (state) => state.floor?.hands.size ?? 0)
  const label = waiting > 0 ? t('guest.guestsWaiting', { count: waiting }) : t('guest.guests')
  return (
    <DialogTrigger>
      <Button className="guest-pill figures" aria-label={label} data-lit={waiting > 0 || undefined}>
        <Users size={16} aria-hidden="true" />
        {t('guest.guests')}
        {waiting > 0 ? <b aria-hidden="true">{waiting}</b> : null}
      </Button>
      <Popover className="menu-popover floor-popover" placement="bottom end" offset={8}>
        <Dialog className="floor-dialog guest-list" aria-label={t('guest.guests')}>
          <GuestsPanel room={room} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
