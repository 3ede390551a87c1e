/** What a host asks of a battle, one thing at a time, and why the last was refused. */
import type { LiveConnection } from '@odeon/sdk'
import { useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { BattleNow } from './battle-view.ts'

export interface BattleAct {
  /** True when it was done. */
  act: (ask: () => Promise<unknown>) => Promise<boolean>
  isBusy: boolean
  failed: string | undefined
}

export function useBattleAct(): BattleAct {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const act = async (ask: () => Promise<unknown>) => {
    if (isBusy) return false
    setBusy(true)
    setFailed(undefined)
    try {
      await ask()
      return true
    } catch (error) {
      setFailed(errorText(t, error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { act, isBusy, failed }
}

export interface DeskPartProps {
  room: LiveConnection
  battle: BattleNow
  work: BattleAct
}
