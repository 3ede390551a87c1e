/** Filters that live in the address: a reload, a bookmark and the way back keep them. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Radio, RadioGroup } from 'react-aria-components'
import type { Filters } from './address-filters.ts'

export function useFilters(): [Filters, (change: Record<string, string | undefined>) => void] {
  const search: Filters = useSearch({ strict: false })
  const navigate = useNavigate()
  const change = (to: Record<string, string | undefined>) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...to }).filter(([, value]) => value !== undefined),
    )
    void navigate({ to: '.', search: next as never, replace: true })
  }
  return [search, change]
}

interface ChoiceFilterProps {
  label: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
  onChoose: (value: string) => void
}

export function ChoiceFilter({ label, value, options, onChoose }: ChoiceFilterProps) {
  return (
    <RadioGroup
      aria-label={label}
      className="choices filter"
      orientation="horizontal"
      value={value}
      onChange={onChoose}
    >
      {options.map(([name, text]) => (
        <Radio key={name} value={name} className="choice">
          {text}
        </Radio>
      ))}
    </RadioGroup>
  )
}
