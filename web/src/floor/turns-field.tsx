/** The crew's choice of how long guests speak each. */
import type { LiveConnection } from '@odeon/sdk'
import { SecondsField } from '../frame/seconds-field.tsx'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

const lengths = [0, 30, 60, 120, 180, 300, 600, 1_800] as const

interface TurnsFieldProps {
  room: LiveConnection
  onChoose: (seconds: number) => unknown
}

export function TurnsField({ room, onChoose }: TurnsFieldProps) {
  const { t } = useTranslation()
  const seconds = useRoomState(room, (state) => state.floor?.turnSeconds ?? 0)
  return (
    <SecondsField
      label={t('floor.turns.label')}
      none={t('floor.turns.none')}
      choices={lengths}
      value={seconds}
      onChange={(chosen) => void onChoose(chosen)}
    />
  )
}
