/** Results as one types: the last question's answer alone, asked when the fingers rest. */
import type { Found } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { odeon } from '../session/odeon.ts'

const restMs = 140
const staleMs = 30_000

/** `text` once it has not changed for a moment. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs)
    return () => clearTimeout(timer)
  }, [text])
  return text.trim() === '' ? '' : rested
}

export interface SearchView {
  found: Found | undefined
  error: Error | null
  isBusy: boolean
}

export function useSearchFor(text: string, limit: number): SearchView {
  const words = text.trim()
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['search', words, limit],
    queryFn: () => odeon.search(words, { limit }),
    enabled: words !== '',
    staleTime: staleMs,
    // While the next answer is on its way the last one stays.
    placeholderData: (before) => before,
  })
  return {
    found: words === '' ? undefined : data,
    error,
    isBusy: isFetching && (data === undefined || isPlaceholderData),
  }
}
