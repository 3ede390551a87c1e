/** One of a few lengths of time. */
import { useId } from 'react'
import { useTranslation } from '../text/use-translation.ts'

interface SecondsFieldProps {
  label: string
  choices: readonly number[]
  value: number
  onChange: (seconds: number) => void
}

export function SecondsField({ label, choices, value, onChange }: SecondsFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const nameOf = (seconds: number) =>
    seconds < 60
      ? t('time.seconds', { count: seconds })
      : t('time.minutes', { count: seconds / 60 })
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-box">
        <select
          id={id}
          className="field-input"
          value={value}
          onChange={(event) => onChange(Number(event.target.value))}
        >
          {choices.map((seconds) => (
            <option key={seconds} value={seconds}>
              {nameOf(seconds)}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}
