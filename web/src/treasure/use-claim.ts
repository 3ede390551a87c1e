/** One's own part in a box: whether one takes part, and why not. */
import { type LiveConnection, Refusal } from '@odeon/sdk'
import { useRef, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { treasureErrorText } from './treasure-words.ts'

export interface OwnClaim {
  hasClaimed: boolean
  /** What was answered; undefined when it was claimed elsewhere, or before the page was loaded. */
  ticket: string | undefined
  isBusy: boolean
  failed: string | undefined
  claim: () => void
}

export function useClaim(room: LiveConnection): OwnClaim {
  const { t } = useTranslation()
  const [hasClaimed, setClaimed] = useState(false)
  const [ticket, setTicket] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  // The same in each try, so that one which nobody answered is no second claim.
  const luck = useRef(crypto.randomUUID())
  const ask = async () => {
    if (isBusy || hasClaimed) return
    setBusy(true)
    setFailed(undefined)
    try {
      const claimed = await room.treasure.claim({ luck: luck.current })
      setTicket(claimed.ticket)
      setClaimed(true)
    } catch (error) {
      // On another device, or before this page was loaded again.
      const isIn = error instanceof Refusal && error.code === 'already_claimed'
      if (isIn) setClaimed(true)
      else setFailed(treasureErrorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  return { hasClaimed, ticket, isBusy, failed, claim: () => void ask() }
}
