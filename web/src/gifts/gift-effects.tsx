/** Gifts on the stage: what shows them is fetched with the first gift that comes. */
import type { GiftSent, LiveConnection } from '@odeon/sdk'
import { useEffect, useState } from 'react'
import { later } from '../frame/later.tsx'
import { GiftInbox } from './gift-inbox.ts'

const GiftShow = later(async () => (await import('./gift-show.tsx')).GiftShow)

export function GiftEffects({ room }: { room: LiveConnection }) {
  const [inbox, setInbox] = useState<GiftInbox<GiftSent>>()
  useEffect(() => {
    const own = new GiftInbox<GiftSent>()
    setInbox(undefined)
    return room.on('gift.sent', (gift, { replayed }) => {
      if (replayed) return
      own.put(gift)
      setInbox(own)
    })
  }, [room])
  return inbox ? <GiftShow room={room} inbox={inbox} /> : null
}
