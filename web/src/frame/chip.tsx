/** A stream's category, in the reader's language where we know it. */
import { useTranslation } from 'react-i18next'
import { en } from '../text/en.ts'

export const categories = Object.keys(en.categories) as (keyof typeof en.categories)[]

export function Chip({ category }: { category: string | null | undefined }) {
  const { t } = useTranslation()
  if (!category) return null
  const known = categories.find((name) => name === category)
  return <span className="chip">{known ? t(`categories.${known}`) : category}</span>
}
