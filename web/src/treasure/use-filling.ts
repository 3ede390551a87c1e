/** What the host has written so far, what is wrong with it, and sending it off. */
import { treasureLimits } from '@odeon/rooms/protocol'
import { type LiveConnection, Refusal } from '@odeon/sdk'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { treasureErrorText } from './treasure-words.ts'

export const opensAfter = [5, 15, 30, 60, 180, 300, 600, 1_800] as const
export const staysOpen = [10, 30, 60, 120] as const

interface Draft {
  coins: string
  shares: string
  opensInSeconds: number
  openSeconds: number
}

export function useFilling(room: LiveConnection, onFilled: () => void) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({
    coins: '',
    shares: '10',
    opensInSeconds: 60,
    openSeconds: treasureLimits.openSecondsDefault,
  })
  const [wrong, setWrong] = useState<{ coins?: string; shares?: string }>({})
  const [failed, setFailed] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  /** Of what nobody answered: asked again, it is taken once. */
  const unanswered = useRef<{ requestId: string; of: string }>(undefined)

  const wrongWith = (coins: number, shares: number) => {
    const { coinsMin: min, coinsMax: max, sharesMax } = treasureLimits
    const areCoins = coins >= min && coins <= max
    const areShares = shares >= 1 && shares <= sharesMax
    return {
      ...(!areCoins && { coins: t('treasure.coinsWrong', { min, max }) }),
      ...(!areShares && { shares: t('treasure.sharesWrong', { max: sharesMax }) }),
      ...(areCoins && areShares && coins < shares && { shares: t('refusal.coins_below_shares') }),
    }
  }
  const fill = async (terms: Parameters<LiveConnection['treasure']['fund']>[0]) => {
    setBusy(true)
    setFailed(undefined)
    const of = JSON.stringify(terms)
    const known = unanswered.current
    const requestId = known?.of === of ? known.requestId : crypto.randomUUID()
    unanswered.current = { requestId, of }
    try {
      await room.treasure.fund(terms, { requestId })
      onFilled()
    } catch (error) {
      if (error instanceof Refusal) unanswered.current = undefined
      setFailed(treasureErrorText(t, error))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    const [coins, shares] = [Number(draft.coins), Number(draft.shares)]
    const found = wrongWith(coins, shares)
    setWrong(found)
    if (Object.keys(found).length > 0) return
    const { opensInSeconds, openSeconds } = draft
    void fill({ coins, shares, opensInSeconds, openSeconds })
  }
  const edit = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change })
    setWrong({})
  }
  return { draft, edit, wrong, failed, isBusy, submit }
}
