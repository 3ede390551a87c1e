/** A stream's category, in the reader's language where we know it. */
import { enHouse } from '../text/en-house.ts'
import { useTranslation } from '../text/use-translation.ts'

export const categories = Object.keys(enHouse.categories) as (keyof typeof enHouse.categories)[]

export function Chip({ category }: { category: string | null | undefined }) {
  const { t } = useTranslation()
  if (!category) return null
  const known = categories.find((name) => name === category)
  return <span className="chip">{known ? t(`categories.${known}`) : category}</span>
}
