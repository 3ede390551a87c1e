/** A stream's title and category as fields, before it exists and while it runs. */
import { liveLimits } from '@odeon/rooms/protocol'
import type { Category } from '@odeon/sdk'
import { useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { categories } from '../frame/chip.tsx'
import { TextField } from '../frame/text-field.tsx'
import type { TFunction } from '../text/use-translation.ts'
import { useTranslation } from '../text/use-translation.ts'

export interface StreamFacts {
  title: string
  category: Category | ''
}

/** What is wrong with a title, if anything. */
export function wrongTitle(t: TFunction, title: string): string | undefined {
  const length = [...title.trim()].length
  if (length === 0) return t('goLive.empty')
  if (length > liveLimits.titleCharsMax)
    return t('goLive.tooLong', { count: liveLimits.titleCharsMax })
  return undefined
}

/** Fields that follow what is known until somebody edits them. */
export function useStreamFacts(known: StreamFacts) {
  const [edited, setEdited] = useState<Partial<StreamFacts>>({})
  const facts: StreamFacts = { ...known, ...edited }
  const isEdited = facts.title !== known.title || facts.category !== known.category
  return {
    facts,
    isEdited,
    edit: (change: Partial<StreamFacts>) => setEdited((now) => ({ ...now, ...change })),
    forget: () => setEdited({}),
  }
}

interface StreamFieldsProps {
  facts: StreamFacts
  wrong: string | undefined
  onEdit: (change: Partial<StreamFacts>) => void
}

export function StreamFields({ facts, wrong, onEdit }: StreamFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('goLive.field')}
        name="title"
        autoComplete="off"
        placeholder={t('goLive.placeholder')}
        value={facts.title}
        wrong={wrong}
        onChange={(event) => onEdit({ title: event.target.value })}
      />
      <div className="field">
        <span className="field-label" id="category">
          {t('goLive.category')}
        </span>
        <RadioGroup
          aria-labelledby="category"
          className="chips"
          orientation="horizontal"
          value={facts.category}
          onChange={(value) => onEdit({ category: value as Category | '' })}
        >
          <Radio value="" className="choice">
            {t('goLive.noCategory')}
          </Radio>
          {categories.map((name) => (
            <Radio key={name} value={name} className="choice">
              {t(`categories.${name}`)}
            </Radio>
          ))}
        </RadioGroup>
      </div>
    </>
  )
}
