/** One of a few lengths of time. */
import { useTranslation } from '../text/use-translation.ts'
import { SelectField } from './select-field.tsx'

interface SecondsFieldProps {
  label: string
  choices: readonly number[]
  value: number
  onChange: (seconds: number) => void
  /** How 0 is called where it may be chosen. */
  none?: string
}

export function SecondsField({ label, choices, value, onChange, none }: SecondsFieldProps) {
  const { t } = useTranslation()
  const nameOf = (seconds: number) => {
    if (seconds === 0 && none !== undefined) return none
    return seconds % 60 === 0
      ? t('time.minutes', { count: seconds / 60 })
      : t('time.seconds', { count: seconds })
  }
  // One that was set elsewhere is among them, too.
  const all = choices.includes(value) ? choices : [...choices, value].toSorted((a, b) => a - b)
  return (
    <SelectField label={label} value={`${value}`} onChange={(chosen) => onChange(Number(chosen))}>
      {all.map((seconds) => (
        <option key={seconds} value={seconds}>
          {nameOf(seconds)}
        </option>
      ))}
    </SelectField>
  )
}
