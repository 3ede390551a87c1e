/** A challenge while it is put together. */
import { battleLimits } from '@odeon/rooms/protocol'
import type { BattleChallenge } from '@odeon/sdk'
import { useState } from 'react'

export interface Rival {
  streamId: string
  name: string
}

export interface Draft {
  rivals: readonly Rival[]
  /** Empty: each for themselves. */
  partner: string
  minutes: number
  /** Empty: all gifts count. */
  giftId: string
  terms: string
}

const none: Draft = {
  rivals: [],
  partner: '',
  minutes: battleLimits.minutesDefault,
  giftId: '',
  terms: '',
}
const rivalsMax = battleLimits.sidesMax - 1

export function useChallenge() {
  const [draft, setDraft] = useState(none)
  const edit = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }))
  const without = (streamId: string) =>
    setDraft((now) => {
      const rivals = now.rivals.filter((rival) => rival.streamId !== streamId)
      return { ...now, rivals, partner: rivals.length < rivalsMax ? '' : now.partner }
    })
  const toggle = (rival: Rival) => {
    if (draft.rivals.some(({ streamId }) => streamId === rival.streamId)) without(rival.streamId)
    else if (draft.rivals.length < rivalsMax) edit({ rivals: [...draft.rivals, rival] })
  }
  const { rivals, partner, minutes, giftId, terms } = draft
  const challenge: BattleChallenge = {
    rivals: rivals.map(({ streamId }) => streamId),
    minutes,
    terms: terms.trim(),
    ...(partner !== '' && { partner }),
    ...(giftId !== '' && { giftId }),
  }
  return { draft, edit, toggle, challenge, forget: without }
}
