/** How many at once: one of a few round numbers, or one's own. */
import { useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from '../text/use-translation.ts'

const offered = [1, 10, 66, 99] as const

interface GiftQuantityProps {
  /** Null while what is written is no number that can be sent. */
  quantity: number | null
  max: number
  onChange: (quantity: number | null) => void
}

export function GiftQuantity({ quantity, max, onChange }: GiftQuantityProps) {
  const { t } = useTranslation()
  const [own, setOwn] = useState('')
  const write = (text: string) => {
    const digits = text.replaceAll(/\D/g, '').slice(0, String(max).length)
    setOwn(digits)
    if (digits === '') return onChange(1)
    const number = Number(digits)
    onChange(number >= 1 && number <= max ? number : null)
  }
  return (
    <div className="gift-quantity">
      <RadioGroup
        aria-label={t('gifts.quantity')}
        className="choices"
        orientation="horizontal"
        value={own === '' ? String(quantity) : null}
        onChange={(value) => {
          setOwn('')
          onChange(Number(value))
        }}
      >
        {offered.map((number) => (
          <Radio key={number} value={String(number)} className="choice figures">
            {number}
          </Radio>
        ))}
      </RadioGroup>
      <input
        className="gift-own figures"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        aria-label={t('gifts.ownQuantity')}
        placeholder={t('gifts.ownQuantityShort')}
        aria-invalid={quantity === null || undefined}
        data-chosen={own === '' ? undefined : true}
        value={own}
        onChange={(event) => write(event.target.value)}
      />
    </div>
  )
}
