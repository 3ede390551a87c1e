/** What was searched for lately, in this browser alone. */
const key = 'odeon.searches'
export const recentLimits = { keptMax: 8, charsMax: 80 } as const

export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.filter((text) => typeof text === 'string').slice(0, recentLimits.keptMax)
  } catch {
    // Somebody else wrote there: it holds no searches.
    return []
  }
}

/** The newest first, each once in whatever case it was written. */
export function withSearch(recent: readonly string[], text: string): string[] {
  const words = text.trim().slice(0, recentLimits.charsMax)
  if (words === '') return [...recent]
  const others = recent.filter((other) => other.toLowerCase() !== words.toLowerCase())
  return [words, ...others].slice(0, recentLimits.keptMax)
}

export function rememberSearch(text: string): void {
  localStorage.setItem(key, JSON.stringify(withSearch(recentSearches(), text)))
}

export function forgetSearches(): void {
  localStorage.removeItem(key)
}
