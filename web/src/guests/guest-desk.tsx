/** What a guest needs: a look at themselves before they come up, and their switches up there. */
import type { FloorSnapshot, LiveConnection } from '@odeon/sdk'
import { useEffect, useRef, useState } from 'react'
import { roomNow } from '../live/room-clock.ts'
import { useTranslation } from '../text/use-translation.ts'
import { GreenRoom } from './green-room.tsx'
import { GuestBar } from './guest-bar.tsx'
import { useGuestAir } from './use-guest-air.ts'

export type Invitation = NonNullable<ReturnType<FloorSnapshot['invitations']['get']>>

interface GuestDeskProps {
  room: LiveConnection
  isSeated: boolean
  invitation: Invitation | undefined
  /** They want to come up where nobody need invite them. */
  isEntering: boolean
  onStay: () => void
}

export function GuestDesk(props: GuestDeskProps) {
  const { room, isSeated, invitation, isEntering, onStay } = props
  const isReady = !isSeated && (invitation !== undefined || isEntering)
  const { air, view } = useGuestAir(room, { isSeated, isReady })
  const said = useWhatBecame(room, { isSeated, invitedUntil: invitation?.until })
  return (
    <>
      {isReady ? <GreenRoom air={air} view={view} invitation={invitation} onStay={onStay} /> : null}
      {isSeated ? <GuestBar air={air} view={view} /> : null}
      <div role="status">{said ? <p className="guest-said">{said}</p> : null}</div>
    </>
  )
}

const saidForMs = 8_000
/** What is said at the end of an invitation comes a little before or behind it. */
const soonMs = 2_000

interface Standing {
  isSeated: boolean
  /** Unix ms; undefined while there is no invitation. */
  invitedUntil: number | undefined
}

/** What became of a seat that others took, and of an invitation that was open for too long. */
function useWhatBecame(room: LiveConnection, { isSeated, invitedUntil }: Standing) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<string>()
  const wasOpenUntil = useRef<number>(undefined)
  useEffect(() => {
    if (said === undefined) return undefined
    const timer = setTimeout(() => setSaid(undefined), saidForMs)
    return () => clearTimeout(timer)
  }, [said])
  useEffect(
    () =>
      room.on('floor.left', ({ who, why }) => {
        if (who.id !== room.you.id) return
        if (why === 'removed') setSaid(t('floor.movedDown'))
        if (why === 'turn_over') setSaid(t('floor.turns.over'))
        if (why === 'sanctioned') setSaid(t('guest.sanctioned'))
      }),
    [room, t],
  )
  useEffect(() => {
    const openUntil = wasOpenUntil.current
    wasOpenUntil.current = invitedUntil
    if (openUntil === undefined || invitedUntil !== undefined || isSeated) return
    if (roomNow(room) >= openUntil - soonMs) setSaid(t('guest.lapsed'))
  }, [room, invitedUntil, isSeated, t])
  return said
}
