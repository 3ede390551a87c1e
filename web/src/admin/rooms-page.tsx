/** Rooms that are open in this server: how full, how big, how fast; refreshed by itself. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AdminRoom } from '@odeon/sdk'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AdminFrame } from './admin-frame.tsx'
import { AdminRefused } from './admin-refused.tsx'

const refetchMs = 2_000

export function RoomsPage() {
  return <AdminFrame section="rooms">{() => <Rooms />}</AdminFrame>
}

function Rooms() {
  const { t } = useTranslation()
  const rooms = useQuery({
    queryKey: ['admin', 'rooms'],
    queryFn: () => odeon.admin.rooms(),
    refetchInterval: refetchMs,
  })
  if (!rooms.data) {
    if (rooms.error) return <AdminRefused error={rooms.error} />
    return <div className="skeleton queue-skeleton" aria-busy="true" />
  }
  if (rooms.data.length === 0) return <p className="dim">{t('roomList.empty')}</p>
  return (
    <>
      <RoomTable rooms={rooms.data} />
      <p className="dim">{t('house.refreshed')}</p>
    </>
  )
}

const numbers = ['clients', 'state', 'tick', 'messages', 'entries', 'since'] as const

function RoomTable({ rooms }: { rooms: readonly AdminRoom[] }) {
  const { t } = useTranslation()
  const now = useNow(1_000)
  return (
    <div className="table-box wide-table" tabIndex={0} role="region" aria-label={t('house.rooms')}>
      <table className="table figures">
        <thead>
          <tr>
            <th scope="col">{t('roomList.room')}</th>
            <th scope="col">{t('roomList.kind')}</th>
            {numbers.map((name) => (
              <th key={name} scope="col" className="table-number">
                {t(`roomList.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <RoomRow key={room.id} room={room} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RoomRow({ room, now }: { room: AdminRoom; now: number }) {
  const { t, i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language)
  const streamId = room.id.startsWith('live_') ? room.id.slice('live_'.length) : undefined
  return (
    <tr>
      <th scope="row">
        {streamId ? (
          <Link to="/live/$streamId" params={{ streamId }} className="link">
            {room.title ?? room.id}
          </Link>
        ) : (
          (room.title ?? room.id)
        )}
      </th>
      <td>{room.kind}</td>
      <td className="table-number">{format.format(room.clients)}</td>
      <td className="table-number">{t('roomList.bytes', { count: room.stateBytes })}</td>
      <td className="table-number">
        {t('roomList.of', { value: room.frameMs.toFixed(2), tick: room.tickMs })}
      </td>
      <td className="table-number">{format.format(room.messagesPerMinute)}</td>
      <td className="table-number">{format.format(room.entries)}</td>
      <td className="table-number">{clockOf(now - room.since)}</td>
    </tr>
  )
}
